/** Compares a run of the doctor with the runs before it: since when something is wrong, and how often it came and went. Pure. */
import type { Finding } from './finding.ts'
import type { Visit } from './history.ts'
import { isClockAncient } from './passing-time.ts'

export type Standing = {
  /** First of the runs without a gap that found it, this one included; null when none of them had a usable date. */
  readonly sinceMs: number | null
  /** Runs without a gap that found it, this one included. */
  readonly times: number
  /** How often it came, this time included: 1 is the first time that is known of. */
  readonly spells: number
}

/** `before`: oldest first. */
export function standingOf(now: Visit, found: Finding, before: readonly Visit[]): Standing {
  const seen = [...before, now].map((visit) => ({
    atMs: visit.atMs,
    has: visit === now || visit.findings.some((one) => isSame(one, found)),
  }))
  const gap = seen.findLastIndex(({ has }) => !has)
  const spell = seen.slice(gap + 1)
  const first = spell.find(({ atMs }) => !isClockAncient(atMs) && atMs <= now.atMs)
  return {
    sinceMs: first?.atMs ?? null,
    times: spell.length,
    spells: seen.filter(({ has }, at) => has && seen[at - 1]?.has !== true).length,
  }
}

/** The same trouble of the same thing, whatever the figures beside it are today. */
function isSame(one: Finding, other: Finding): boolean {
  const thing = ({ params }: Finding): string =>
    [params['role'], params['address'], params['what']].join(' ')
  return one.code === other.code && thing(one) === thing(other)
}
