/**
 * Opens the journal again after a write that failed. After a failed sync Linux may call the next one well without having written (the
 * pages count as clean), so what is readable is first written once more, into the database file, and then read from the last checkpoint on: what lies before it is left to `journal verify`.
 */
import { DatabaseSync } from 'node:sqlite'
import type { JournalKey } from '../keys/journal-key.ts'
import { type OpenOutcome, openJournal } from './journal.ts'
import { verifyFromCheckpoint } from './verify/verify.ts'

/** As quick after a million events as after a thousand. Never throws. */
export function reopenJournal(file: string, key: JournalKey | null = null): OpenOutcome {
  const opened = openJournal(file, key)
  if (!opened.ok) return opened
  const problem = settle(file) ?? check(file)
  if (problem === null) return opened
  try {
    opened.journal.close()
  } catch {
    // Closing writes too; what is wrong is told already.
  }
  return problem
}

type Problem = Extract<OpenOutcome, { ok: false }>

/** Moves the whole log into the database file, whose pages are thereby written and synced anew, and empties the log. */
function settle(file: string): Problem | null {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { timeout: 2000 })
    db.exec('PRAGMA synchronous = FULL')
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {}
    return busy === 0 ? null : { ok: false, why: 'cannotOpen', detail: 'the log is in use' }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unknown'
    return { ok: false, why: 'cannotOpen', detail }
  } finally {
    db?.close()
  }
}

function check(file: string): Problem | null {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true })
    const verified = verifyFromCheckpoint(db)
    return verified.ok ? null : { ok: false, why: 'damaged', detail: verified.why }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unknown'
    return { ok: false, why: 'damaged', detail }
  } finally {
    db?.close()
  }
}
