/** Looks through the records of all batches that are kept, also of those whose events lie in archives. */
import type { DatabaseSync } from 'node:sqlite'
import { elsewhereId } from '#core/correction/elsewhere-id.ts'
import { type RecordWish, WISH_MOST } from '#core/counter/wish.ts'
import { type SavedRecord, upgradeRecord } from '#core/terminal/upgrade.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { FOLLOWED } from './schema.ts'

export interface RecordFinder {
  /** By `<batch>-<stan>`; null when there is none. */
  recordById(id: string): TransactionRecord | null
  /** Records in whose text these digits stand, newest first, at most `HOLDING_MOST`. Reads every record: for what somebody waits for. */
  recordsHolding(digits: string): readonly TransactionRecord[]
  /** The newest `WISH_MOST` that fit, newest last. */
  searchRecords(wish: RecordWish): readonly TransactionRecord[]
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
    searchRecords: (wish) => {
      const { where, values } = condition(wish)
      const sql = `SELECT body FROM record WHERE ${where} ORDER BY at DESC, id DESC LIMIT ${WISH_MOST}`
      return recordsOf(db.prepare(sql).all(...values)).toReversed()
    },
  }
}

/** One after the other: what was collected may have been too little again. */
const AFTERWARDS = `WITH RECURSIVE chain (id) AS (
  SELECT id FROM record WHERE ${FOLLOWED} = ?
  UNION SELECT record.id FROM chain JOIN record ON ${FOLLOWED} = chain.id
) SELECT id FROM chain`

/** Columns and members by name; what was typed goes in as values. */
function condition(wish: RecordWish): {
  readonly where: string
  readonly values: readonly (string | number)[]
} {
  switch (wish.by) {
    case 'amount':
      return {
        where: `iif(json_extract(body, '$.outcome') = 'approved', json_extract(body, '$.paidMinor'), json_extract(body, '$.dueMinor')) = ?`,
        values: [wish.amountMinor],
      }
    case 'last4':
      return { where: `json_extract(body, '$.last4') = ?`, values: [wish.last4] }
    case 'trace':
      return { where: 'substr(id, 8) = ?', values: [wish.stan] }
    case 'time':
      return { where: 'at >= ? AND at < ?', values: [wish.fromMs, wish.toMs] }
    case 'channel':
      return { where: `json_extract(body, '$.channel') = ?`, values: [wish.channel] }
    case 'operator':
      return { where: `json_extract(body, '$.operator') = ?`, values: [wish.operator] }
    case 'elsewhere':
      return {
        where: `json_extract(body, '$.original') GLOB ? OR json_extract(body, '$.reference') = ?
          OR (json_extract(body, '$.authCode') = ? AND json_extract(body, '$.hostDate') = ?)`,
        values: [
          elsewhereId({ date: '*', number: wish.number }),
          wish.number,
          wish.number,
          wish.date,
        ],
      }
    case 'record':
      return { where: 'id = ?', values: [wish.record] }
    case 'follows':
      return { where: `id IN (${AFTERWARDS})`, values: [wish.record] }
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
