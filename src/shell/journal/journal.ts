/**
 * The journal: what happened and what was decided, on disk before anything of it is done. One file, one writer, one connection open for
 * life (a warm WAL writes a third of what a cold one does).
 */
import { DatabaseSync } from 'node:sqlite'
import type { TerminalState } from '#core/terminal/state.ts'
import { upgradeRecord, upgradeState } from '#core/terminal/upgrade.ts'
import { KNOWN_LIMIT } from '#core/till/wish.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { JournalKey } from '../keys/journal-key.ts'
import type { Commit, Entry } from './commit.ts'
import { type RecordFinder, recordFinder } from './find-records.ts'
import { FALSE_PROOF } from './proof.ts'
import { prepareSchema, type SchemaOutcome, TILL_REFERENCE } from './schema.ts'
import { readStateRow } from './state-table.ts'
import { verifyTail } from './verify/verify.ts'
import { headOrigin } from './verify/verify-origin.ts'
import { createWriter } from './writer.ts'

export type { Commit, Entry }

export interface Journal {
  /** Null when the terminal has never run. */
  lastState(): TerminalState | null
  /** Durable when it returns. When it throws, nobody knows: stop, reopen, read again. */
  commit(commit: Commit): void
  sealedPan(reversal: string): Uint8Array | null
  /** The newest transaction with this STAN; null when there is none. */
  newestRecord(stan: string): TransactionRecord | null
  /** Every transaction of this batch (six digits), oldest first. */
  batchRecords(batch: string): readonly TransactionRecord[]
  /** Newest transactions under a till's reference, `KNOWN_LIMIT` of them, oldest first. */
  tillRecords(reference: string): readonly TransactionRecord[]
  close(): void
}

/** The journal on a disk, which can be searched. */
export interface KeptJournal extends Journal, RecordFinder {}

export type OpenOutcome =
  | { readonly ok: true; readonly journal: KeptJournal }
  | {
      readonly ok: false
      readonly why: Exclude<SchemaOutcome, 'ready'> | 'cannotOpen' | 'damaged'
      readonly detail: string
    }

/** `key`: what is written bears this device's proof, and an end with a false one is refused as damaged. */
export function openJournal(file: string, key: JournalKey | null = null): OpenOutcome {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { timeout: 2000 })
    const outcome = prepareSchema(db)
    if (outcome !== 'ready') {
      db.close()
      return { ok: false, why: outcome, detail: file }
    }
    const tail = verifyTail(db)
    if (!tail.ok) {
      db.close()
      return { ok: false, why: 'damaged', detail: tail.why }
    }
    if (key !== null && headOrigin(db, key).origin === 'forged') {
      db.close()
      return { ok: false, why: 'damaged', detail: FALSE_PROOF }
    }
    return { ok: true, journal: journalOn(db, key) }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    const damaged = /malformed|not a database|corrupt/i.test(detail)
    try {
      db?.close()
    } catch {
      // The file could not even be opened; there is nothing left to close.
    }
    return { ok: false, why: damaged ? 'damaged' : 'cannotOpen', detail }
  }
}

function journalOn(db: DatabaseSync, key: JournalKey | null): KeptJournal {
  const getSealed = db.prepare('SELECT bytes FROM sealed WHERE reversal = ?')
  // STANs wrap after a million messages: the newest one is meant.
  const getRecord = db.prepare(
    'SELECT body FROM record WHERE substr(id, 8) = ? ORDER BY at DESC LIMIT 1',
  )
  // `<batch>-<stan>`: a batch is a range of the key; `.` follows `-`.
  const getBatch = db.prepare('SELECT body FROM record WHERE id > ? AND id < ? ORDER BY at')
  // Two of one millisecond stand in the order in which they were kept.
  const getTill = db.prepare(
    `SELECT body FROM record WHERE ${TILL_REFERENCE} = ? ORDER BY at DESC, rowid DESC LIMIT ?`,
  )
  const writer = createWriter(db, key)

  return {
    lastState: () => readState(db),
    commit: (commit) => {
      db.exec('BEGIN IMMEDIATE')
      try {
        const reached = writer.write(commit)
        db.exec('COMMIT')
        writer.committed(reached)
      } catch (cause) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw cause
      }
    },
    sealedPan: (reversal) => {
      const bytes = getSealed.get(reversal)?.['bytes']
      return bytes instanceof Uint8Array ? bytes : null
    },
    newestRecord: (stan) => {
      const body = getRecord.get(stan)?.['body']
      return typeof body === 'string' ? upgradeRecord(JSON.parse(body)) : null
    },
    batchRecords: (batch) =>
      getBatch
        .all(`${batch}-`, `${batch}.`)
        .flatMap(({ body }) => (typeof body === 'string' ? [upgradeRecord(JSON.parse(body))] : [])),
    tillRecords: (reference) =>
      getTill
        .all(reference, KNOWN_LIMIT)
        .toReversed()
        .flatMap(({ body }) => (typeof body === 'string' ? [upgradeRecord(JSON.parse(body))] : [])),
    ...recordFinder(db),
    close: () => db.close(),
  }
}

/** Written by this program or an older one: what came later is filled in. */
function readState(db: DatabaseSync): TerminalState | null {
  const row = readStateRow(db)
  return row === null ? null : upgradeState(row.saved())
}
