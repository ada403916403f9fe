/** Looks through the records of all batches that are kept, also of those whose events lie in archives. */
import type { DatabaseSync } from 'node:sqlite'
import { type SavedRecord, upgradeRecord } from '#core/terminal/upgrade.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'

export interface RecordFinder {
  /** By `<batch>-<stan>`; null when there is none. */
  recordById(id: string): TransactionRecord | null
  /** Records in whose text these digits stand, newest first, at most `HOLDING_MOST`. Reads every record: for what somebody waits for. */
  recordsHolding(digits: string): readonly TransactionRecord[]
}

/** A payment, its void or refunds, and prints of them. */
const HOLDING_MOST = 20

export function recordFinder(db: DatabaseSync): RecordFinder {
  const byId = db.prepare('SELECT body FROM record WHERE id = ?')
  const holding = db.prepare(
    `SELECT body FROM record WHERE instr(body, ?) > 0 ORDER BY at DESC, id DESC LIMIT ${HOLDING_MOST}`,
  )
  return {
    recordById: (id) => recordsOf([byId.get(id)])[0] ?? null,
    recordsHolding: (digits) => (/^[0-9]+$/.test(digits) ? recordsOf(holding.all(digits)) : []),
  }
}

function recordsOf(
  rows: readonly (Readonly<Record<string, unknown>> | undefined)[],
): readonly TransactionRecord[] {
  return rows.flatMap((row) => {
    const body = row?.['body']
    if (typeof body !== 'string') return []
    const saved: SavedRecord = JSON.parse(body)
    return [upgradeRecord(saved)]
  })
}
