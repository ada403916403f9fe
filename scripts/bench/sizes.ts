/** Starting, looking something up and recovering, on journals of very different length. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decide } from '#core/terminal/decide.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Entry } from '#shell/journal/journal.ts'
import { type Journal, openJournal } from '#shell/journal/journal.ts'
import { reopenJournal } from '#shell/journal/reopen.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { journalKey } from '#shell/keys/journal-key.ts'
import { SETUP } from '../../test/core/counter.ts'
import { openTill } from './till.ts'
import { inTurns, ms, ratioLine } from './turns.ts'

/** Events written at once while a long journal is made: this is not what is measured. */
const BULK = 2000
const ROUNDS = 301

/** As on a terminal, whose every commit bears a proof of the device. */
const BENCH_KEY = journalKey(new DeviceKey(new Uint8Array(32).fill(7)))

export function opened(file: string): Journal {
  const outcome = openJournal(file, BENCH_KEY)
  if (!outcome.ok) throw new Error(`${outcome.why}: ${outcome.detail}`)
  return outcome.journal
}

/** A journal of this many events whose last sale was cut off with its request out. */
export async function longJournal(folder: string, events: number): Promise<string> {
  const file = join(folder, `${events}.db`)
  const journal = opened(file)
  const till = openTill(journal, true)
  till.ask()
  await till.pay(() => Promise.resolve())
  till.tidy()
  till.ask()
  const sale = till.written().flatMap(({ entries }) => entries)
  const before = till.state()
  fill(journal, { events, sale, state: before })
  till.pay(() => new Promise(() => undefined)).catch(() => undefined)
  journal.close()
  return file
}

function fill(
  journal: Journal,
  {
    events,
    sale,
    state,
  }: { events: number; sale: readonly Entry[]; state: ReturnType<typeof initialState> },
): void {
  const sample = sale.length > 0 ? sale : [PAGE_TURN]
  for (let count = 0; count < events; count += BULK) {
    const entries = Array.from({ length: Math.min(BULK, events - count) }, (_, index) =>
      numbered(sample[index % sample.length] ?? PAGE_TURN, count + index),
    )
    journal.commit({ entries, state, sealed: [] })
  }
}

const PAGE_TURN: Entry = {
  event: { type: 'keyPressed', page: 'amount#1', key: '5', at: 0 },
  effects: [],
  refused: null,
}

/** A record kept by it gets a number of its own: one in some ten events keeps one. */
function numbered({ event, effects, refused }: Entry, number: number): Entry {
  const stan = String(number % 1_000_000).padStart(6, '0')
  return {
    event,
    refused,
    effects: effects.map((effect) =>
      effect.do === 'keepRecord'
        ? { ...effect, record: { ...effect.record, id: `000000-${stan}`, stan } }
        : effect,
    ),
  }
}

/** Prints one line for each thing, every length beside the shortest; and how often each is read from, which no busy machine changes. */
export async function measureSizes(
  files: readonly { readonly events: number; readonly file: string }[],
  tell: (line: string) => void,
): Promise<void> {
  const things: readonly (readonly [string, string, (file: string) => void])[] = [
    ['open and read the state', '1.5', (file) => readState(file)],
    ['recovery to the first reversal', '2', (file) => recover(file)],
    ['reopen after a failed write', '2', (file) => reopen(file)],
  ]
  const lookups = files.map(({ events, file }) => {
    const journal = opened(file)
    return { name: String(events), run: () => journal.newestRecord('000002'), journal }
  })
  await tellTurns('lookup of a record', '2', lookups, tell)
  for (const { journal } of lookups) journal.close()
  for (const [what, goal, run] of things) {
    const tasks = files.map(({ events, file }) => ({ name: String(events), run: () => run(file) }))
    await tellTurns(what, goal, tasks, tell)
    const counted = files.map(
      ({ events, file }) => `${readsOf(() => run(file))} of ${events} events`,
    )
    tell(`  reads: ${counted.join(', ')}`)
  }
}

/** Calls that read, as Linux counts them for this process: with a log as empty as here each is one page, and no other thread reads. */
function readsOf(run: () => void): number {
  const before = readCalls()
  run()
  // What we read ourselves, to learn the number.
  const own = readCalls()
  return own - before - (readCalls() - own)
}

function readCalls(): number {
  return Number(/^syscr: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
}

async function tellTurns(
  what: string,
  goal: string,
  tasks: readonly { readonly name: string; readonly run: () => unknown }[],
  tell: (line: string) => void,
): Promise<void> {
  const times = await inTurns(tasks, ROUNDS)
  const [shortest, ...longer] = tasks
  const base = times.get(shortest?.name ?? '') ?? Number.NaN
  for (const { name } of longer) {
    const time = times.get(name) ?? Number.NaN
    const detail = `${ms(time)} beside ${ms(base)}`
    tell(ratioLine(`${what}: ${name} ÷ ${shortest?.name} events`, time / base, `≤ ${goal}`, detail))
  }
}

function readState(file: string): void {
  const journal = opened(file)
  journal.lastState()
  journal.close()
}

function recover(file: string): void {
  const journal = opened(file)
  const state = journal.lastState() ?? initialState()
  const event = { type: 'started', setup: SETUP, keysReady: true, at: 0 } as const
  const { effects } = decide(state, event)
  if (
    !effects.some((effect) => effect.do === 'sendReversal' && journal.sealedPan(effect.reversal.id))
  )
    throw new Error('no reversal is sent')
  journal.close()
}

function reopen(file: string): void {
  const outcome = reopenJournal(file, BENCH_KEY)
  if (!outcome.ok) throw new Error(outcome.detail)
  outcome.journal.close()
}
