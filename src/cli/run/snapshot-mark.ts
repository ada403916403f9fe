/** Tells the launcher (config/launch.sh) that a terminal has become ready out of this snapshot: the next start need not try it first. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Note } from '#shell/log.ts'

const MARK = 'snapshot.fits'

/** `snapshot` as of `RunParts`. Never throws: without a mark the next start takes longer, and that is all. */
export function markSnapshot(snapshot: string | null, data: string, note: Note): void {
  if (snapshot === null) return
  if (snapshot === 'refused') return note('snapshot refused', {})
  try {
    writeFileSync(join(data, MARK), `${snapshot}\n`, { mode: 0o600 })
  } catch (cause) {
    note('snapshot', { trouble: cause instanceof Error ? cause.message : 'unknown' })
  }
}
