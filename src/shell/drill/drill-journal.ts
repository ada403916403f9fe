/** The journal of a drill: a folder of its own, new each time, so that a drill never finds debts or numbers of another one. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type OpenOutcome, openJournal } from '../journal/journal.ts'

/** `folder` belongs to drills alone: what the last one left there is removed first. It stays until then, to be looked at. Never throws. */
export function openDrillJournal(folder: string): OpenOutcome {
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unknown'
    return { ok: false, why: 'cannotOpen', detail }
  }
  return openJournal(join(folder, 'journal.db'))
}
