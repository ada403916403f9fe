/**
 * One process that lives the same day many times while `strace` fails one call in each: the calls in between are filled up with calls on a
 * file of no meaning, so that the one that fails is the first of one day, the second of the next, and so on. A start of node costs
 * ten times what such a day does.
 */
import {
  closeSync,
  cpSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { type DayName, dayNamed, liveDay } from './day.ts'

/** Every so many calls one fails: more than any of these days makes, so that a day is struck once. */
export const STRIKES_APART = 2500

type BrokenCall = 'pwrite64' | 'fsync' | 'ftruncate' | 'unlink'
const BROKEN_CALLS = ['pwrite64', 'fsync', 'ftruncate', 'unlink'] as const

export type ManyDays = {
  /** An empty folder: the days are lived in `now`, and lie in folders of their number afterwards. */
  readonly folder: string
  /** What `strace` writes; a line for each call that counts. */
  readonly log: string
  readonly day: DayName
  readonly call: BrokenCall
  /** The calls to be struck, from 1, one for each day. */
  readonly turns: readonly number[]
}

/** What the process prints of each day, a line each. `touched`: the day made that many calls. */
export type ToldDay = { readonly turn: number; readonly touched: boolean }

/** As an argument of the process; `readOrder` reads it. */
export function writeOrder(order: ManyDays): string {
  return JSON.stringify(order)
}

/** Throws when the argument is none of `writeOrder`. */
export function readOrder(text: string): ManyDays {
  const order: ManyDays = JSON.parse(text)
  if (dayNamed(order.day) === null || !BROKEN_CALLS.includes(order.call))
    throw new Error('no such day or call')
  return order
}

export const folderNow = (folder: string): string => join(folder, 'now')
export const folderOf = (folder: string, turn: number): string => join(folder, String(turn))
/** Calls on these two count and change nothing. */
export const fillers = (folder: string): readonly [string, string] => [
  join(folder, 'filler'),
  join(folder, 'not-there'),
]

/** Each day's folder is kept as the failure left it. Throws when the calls cannot be counted. */
export function liveManyDays(
  { folder, log, day, call, turns }: ManyDays,
  tell: (told: ToldDay) => void,
): void {
  const now = folderNow(folder)
  const [filler, notThere] = fillers(folder)
  const handle = openSync(filler, 'w')
  const count = createCounter(log, call)
  const fill = (): void => {
    try {
      if (call === 'pwrite64') writeSync(handle, ' ', 0)
      if (call === 'fsync') fsyncSync(handle)
      if (call === 'ftruncate') ftruncateSync(handle, 1)
      if (call === 'unlink') unlinkSync(notThere)
    } catch {
      // It never was there, or a strike fell on a filler: both count.
    }
  }
  for (const turn of turns) {
    const before = count()
    const filling = (STRIKES_APART - ((before + turn) % STRIKES_APART)) % STRIKES_APART
    for (let left = filling; left > 0; left--) fill()
    if (count() !== before + filling) throw new Error(`strace counts otherwise than we do: ${call}`)
    mkdirSync(now)
    const lived = liveDay(now, day)
    const calls = count() - before - filling
    if (calls >= turn + STRIKES_APART) throw new Error('a day was struck twice')
    // A day with fewer calls is untouched: what is still to be struck falls on a filler, and not on the copy.
    for (let left = turn - calls; left > 0; left--) fill()
    // Before anything is closed, as if the process were gone. The shared memory of SQLite is made anew by whoever comes next.
    cpSync(now, folderOf(folder, turn), {
      recursive: true,
      filter: (file) => !basename(file).endsWith('-shm'),
    })
    lived.letGo()
    rmSync(now, { recursive: true })
    tell({ turn, touched: calls >= turn })
  }
  closeSync(handle)
}

/** Calls so far, by the lines of the log: `strace` has written a line before the call returns to us. */
function createCounter(log: string, call: BrokenCall): () => number {
  const handle = openSync(log, 'r')
  const chunk = Buffer.alloc(65_536)
  const begin = Buffer.from(`\n${call}(`)
  // The first line has none before it.
  let rest = Buffer.from('\n')
  let at = 0
  let calls = 0
  return () => {
    for (let read = readSync(handle, chunk, 0, chunk.length, at); read > 0; ) {
      at += read
      const text = Buffer.concat([rest, chunk.subarray(0, read)])
      for (let found = text.indexOf(begin); found >= 0; found = text.indexOf(begin, found + 1))
        calls += 1
      rest = text.subarray(-(begin.length - 1))
      read = readSync(handle, chunk, 0, chunk.length, at)
    }
    return calls
  }
}
