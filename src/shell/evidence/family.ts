/** A payment and what belongs to it: what it voids or refunds, what voided or refunded it, what was collected after it. */
import type { DatabaseSync } from 'node:sqlite'
import { type SavedRecord, upgradeRecord } from '#core/terminal/upgrade.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { EventLine } from '../journal/lines/line.ts'

/** A payment with its refunds, each with its own; what is beyond is told by the records themselves. */
const FAMILY_MOST = 50

export type Family = {
  /** Oldest first. */
  readonly records: readonly TransactionRecord[]
  /** True when the event is about one of them. `order`: the one on the counter, as far as it is known. */
  readonly has: (line: EventLine, order: number | null) => boolean
}

/** Null when the journal knows no payment with this voucher number; of several the newest is meant, because numbers wrap. */
export function familyOf(db: DatabaseSync, stan: string): Family | null {
  const first = recordsWhere(db, 'substr(id, 8) = ? ORDER BY at DESC LIMIT 1', [stan])[0]
  if (first === undefined) return null
  const found = new Map([[first.id, first]])
  for (const one of found.values()) {
    if (found.size >= FAMILY_MOST) break
    for (const near of relatives(db, one)) found.set(near.id, near)
  }
  const records = [...found.values()].toSorted((a, b) => a.at - b.at)
  return { records, has: belongs(records) }
}

/** Those that it names and those that name it; every attempt of its order. */
function relatives(db: DatabaseSync, record: TransactionRecord): readonly TransactionRecord[] {
  const own = `json_extract(body, '$.original') = ? OR json_extract(body, '$.follows') = ?`
  const order = `json_extract(body, '$.orderId') = ?`
  const values = [record.id, record.id, record.original, record.follows ?? '', record.orderId]
  return recordsWhere(db, `${own} OR id = ? OR id = ? OR ${order} LIMIT ${FAMILY_MOST}`, values)
}

function recordsWhere(
  db: DatabaseSync,
  where: string,
  values: readonly (string | number)[],
): readonly TransactionRecord[] {
  return db
    .prepare(`SELECT body FROM record WHERE ${where}`)
    .all(...values)
    .map((row) => {
      const saved: SavedRecord = JSON.parse(String(row['body']))
      return upgradeRecord(saved)
    })
}

/** By number, wherever it stands: in a request, a reversal, a record, a slip; slips by the jobs that printed them. */
function belongs(records: readonly TransactionRecord[]): Family['has'] {
  const ids = records.map(({ id }) => `"${id}`)
  const stans = new Set(records.map(({ stan }) => stan))
  const orders = new Set(records.map(({ orderId }) => orderId))
  const jobs = new Set<string>()
  return (line, order) => {
    const { event, effects } = line
    for (const effect of effects) {
      if (effect.do !== 'print') continue
      const { batch, trace } = effect.slip.facts
      if (ids.includes(`"${batch}-${trace}`)) jobs.add(effect.slip.job)
    }
    if (order !== null && orders.has(order)) return true
    if ('stan' in event && stans.has(event.stan)) return true
    if (event.type === 'printEnded') return jobs.has(event.job)
    if (effects.some((effect) => effect.do === 'print' && jobs.has(effect.slip.job))) return true
    const text = JSON.stringify([event, effects])
    return ids.some((id) => text.includes(id))
  }
}
