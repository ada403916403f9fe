/** A part that was changed begins anew: what was wrong with the old one is no reason to change the new one. Pure. */
import type { Finding } from './finding.ts'
import type { Visit } from './history.ts'

export type Replacement = {
  /** As the book of maintenance names it: a role of a device, `cable`, `battery`, `disk`. */
  readonly part: string
  readonly atMs: number
}

/** The visits without what was found of parts that were replaced after them. */
export function withoutReplaced(
  visits: readonly Visit[],
  replacements: readonly Replacement[],
): readonly Visit[] {
  return visits.map(({ atMs, findings }) => ({
    atMs,
    findings: findings.filter(
      (found) => !replacements.some((one) => one.atMs > atMs && isAbout(found, one.part)),
    ),
  }))
}

function isAbout({ check, params }: Finding, part: string): boolean {
  if (part === 'battery') return check === 'clock'
  if (part === 'disk') return check === 'disk' || check === 'journal'
  // Which cable it was is not written down: every device that was mute before gets another chance.
  if (part === 'cable') return check === 'device'
  return params['role'] === part
}
