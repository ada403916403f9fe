/** Where a terminal is set up: in folders beside the ones it is for, which take their names when everything is done, or are gone. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
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

/** Null when one of the folders is there already with something in it. */
export function openPlaces(into: string, data: string | undefined): SetupPlaces | null {
  const targets = [into, ...(data === undefined ? [] : [data])].map((folder) => resolve(folder))
  if (targets.some((folder) => existsSync(folder) && readdirSync(folder).length > 0)) return null
  const moves = targets.map((to): Move => {
    mkdirSync(dirname(to), { recursive: true })
    return { from: mkdtempSync(join(dirname(to), `.${basename(to)}.setup-`)), to }
  })
  const [first, second] = moves
  if (first === undefined) return null
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
  const drop = (): void => {
    for (const { from } of moves) rmSync(from, { recursive: true, force: true })
  }
  return { ...places, drop, keep: () => keepAll(moves.toReversed(), drop) }
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
