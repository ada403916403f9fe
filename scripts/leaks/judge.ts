/** Says whether a process that served many customers still holds what it held after the first ones. */
import type { Sight } from './process-sight.ts'

/** What memory may grow by from the first sight to the last. */
const GROWTH_MOST = 0.05

/**
 * Of open files only what stands from here on is compared: the first batch that goes into an archive, behind the third settlement, opens the
 * journal for writing once more, and SQLite keeps that descriptor for the next archive (closing it would drop the locks of the others).
 */
const FILES_STAND_FROM = 700

/** Some stand only now and then: a retry, a page that goes by itself. One that is left behind by every customer shows by the hundred. */
export const ACTIVE_SWING = 4

export type Sample = Sight & {
  /** Customers served so far. */
  readonly served: number
}

export type Finding = {
  readonly what: string
  readonly first: number
  readonly last: number
  readonly ok: boolean
}

/**
 * Handles and threads: exactly as many. What keeps the loop awake: some few more at most. Memory: at most a twentieth more. The samples begin after
 * the warm-up, each taken at home with nothing under way; fewer than two are no proof, and nothing is found.
 */
export function judgeSamples(samples: readonly Sample[]): readonly Finding[] {
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const standing = samples.find(({ served }) => served >= FILES_STAND_FROM) ?? first
  const files = standing === last ? first : standing
  const same = (what: string, before: number, after: number): Finding => ({
    what,
    first: before,
    last: after,
    ok: before === after,
  })
  const about = (what: string, before: number, after: number): Finding => ({
    ...same(what, before, after),
    ok: after <= before + ACTIVE_SWING,
  })
  const grown = (what: string, before: number, after: number): Finding => ({
    what,
    first: before,
    last: after,
    ok: after <= before * (1 + GROWTH_MOST),
  })
  const kinds = [...new Set([...Object.keys(first.active), ...Object.keys(last.active)])].toSorted()
  return [
    same('handles', files.handles, last.handles),
    same('threads', first.threads, last.threads),
    ...kinds.map((kind) => about(kind, first.active[kind] ?? 0, last.active[kind] ?? 0)),
    grown('heap', first.heapBytes, last.heapBytes),
    grown('resident', first.residentBytes, last.residentBytes),
  ]
}

/** On a machine with other work to do an answer may come late once in a while; more often is a fault of the terminal. */
const HELPED_MOST = 0.01

/** Customers whose sale went another way than written down, and needed the cashier. */
export function judgeHelped(helped: number, served: number): Finding {
  return { what: 'customers helped', first: 0, last: helped, ok: helped <= served * HELPED_MOST }
}

const BYTES_PER_MEGABYTE = 1_000_000

/** One line for each sample. */
export function tellSample({ served, handles, threads, active, ...memory }: Sample): string {
  const megabytes = (bytes: number): string => (bytes / BYTES_PER_MEGABYTE).toFixed(1)
  const kinds = Object.entries(active).map(([kind, count]) => `${kind} ${count}`)
  return [
    `${String(served).padStart(5)} served: ${handles} handles, ${threads} threads`,
    `heap ${megabytes(memory.heapBytes)} MB, resident ${megabytes(memory.residentBytes)} MB`,
    kinds.join(' '),
  ].join(', ')
}

/** One line for each finding. */
export function tellFinding({ what, first, last, ok }: Finding): string {
  const percent = first === 0 ? '' : ` (${(((last - first) / first) * 100).toFixed(1)} %)`
  return `${ok ? 'ok  ' : 'LEAK'} ${what}: ${first} → ${last}${percent}`
}
