/** Where a terminal is set up: in folders beside the ones it is for, which take their names when everything is done, or are gone. */
import {
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

export type SetupPlaces = {
  /** In the making. */
  readonly config: string
  readonly data: string
  /** Where they will be. */
  readonly finalConfig: string
  readonly finalData: string
  /** Gives the folders their names; all of them or none. Throws when the disk refuses, and then nothing is left. */
  readonly keep: () => void
  /** Nothing is left. */
  readonly drop: () => void
}

type Move = { readonly from: string; readonly to: string }

export type OpenedPlaces =
  | { readonly ok: true; readonly places: SetupPlaces }
  /** `detail`: what the system said. */
  | { readonly ok: false; readonly why: 'notEmpty' | 'notWritable'; readonly detail: string }

/**
 * Folders in the making beside those that are named. What root makes belongs in the end to whoever the data folder belonged to before, such as
 * the user of the service. Nothing is left when it does not succeed.
 */
export function openPlaces(into: string, data: string | undefined): OpenedPlaces {
  const targets = [into, ...(data === undefined ? [] : [data])].map((folder) => resolve(folder))
  const moves: Move[] = []
  const drop = (): void => {
    for (const { from } of moves) rmSync(from, { recursive: true, force: true })
  }
  try {
    if (targets.some((folder) => existsSync(folder) && readdirSync(folder).length > 0))
      return { ok: false, why: 'notEmpty', detail: '' }
    for (const to of targets) {
      mkdirSync(dirname(to), { recursive: true })
      moves.push({ from: mkdtempSync(join(dirname(to), `.${basename(to)}.setup-`)), to })
    }
    return { ok: true, places: placesOf(moves, drop) }
  } catch (cause) {
    drop()
    return { ok: false, why: 'notWritable', detail: cause instanceof Error ? cause.message : '' }
  }
}

function placesOf(moves: readonly Move[], drop: () => void): SetupPlaces {
  const [first, second] = moves
  if (first === undefined) throw new Error('no place was named')
  const inside = (folder: string): string =>
    second === undefined ? join(folder, 'config') : folder
  const places = {
    config: inside(first.from),
    data: second?.from ?? join(first.from, 'data'),
    finalConfig: inside(first.to),
    finalData: second?.to ?? join(first.to, 'data'),
  }
  for (const folder of [places.config, places.data])
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  const heir = statSync((second ?? first).to, { throwIfNoEntry: false })
  const keep = (): void => {
    if (heir !== undefined) for (const { from } of moves) handOver(from, heir)
    keepAll(moves.toReversed(), drop)
  }
  return { ...places, drop, keep }
}

function handOver(folder: string, heir: Stats): void {
  const { uid } = statSync(folder)
  if (uid === heir.uid) return
  for (const entry of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    lchownSync(join(folder, entry), heir.uid, heir.gid)
}

/** The configuration last: without it nothing is started. An empty folder of that name is replaced. */
function keepAll(moves: readonly Move[], drop: () => void): void {
  const done: Move[] = []
  try {
    for (const move of moves) {
      renameSync(move.from, move.to)
      done.push(move)
    }
  } catch (cause) {
    for (const { from, to } of done) renameSync(to, from)
    drop()
    throw cause
  }
}
