/**
 * One payer who pays twice within minutes: a double payment, or the phone of the next customer in the queue. Cards are known by their keyed
 * hash; a payment code lives once and says nothing of its owner, so there only the acquirer's name of the payer helps.
 */
import type { TransactionRecord } from '../transaction/record.ts'

/** Empty: nobody knows who that was. */
export function payerOf({ channel, fingerprint, payer }: TransactionRecord): string {
  return channel === 'card' ? fingerprint : (payer ?? '')
}

/** By id of each of two sales, the other one. What was taken back, or belongs together by name, is no pair. */
export function samePayers(
  records: readonly TransactionRecord[],
  withinMs: number,
): ReadonlyMap<string, TransactionRecord> {
  const last = new Map<string, TransactionRecord>()
  const pairs = new Map<string, TransactionRecord>()
  for (const record of records) {
    const payer = payerOf(record)
    if (!isStandingSale(record) || payer === '') continue
    const before = last.get(payer)
    if (before !== undefined && record.at - before.at < withinMs && record.follows !== before.id) {
      pairs.set(record.id, before)
      pairs.set(before.id, record)
    }
    last.set(payer, record)
  }
  return pairs
}

/**
 * By id of a sale, the pair's first one that came right after it by phone. Where a phone paid for the customer before it and its owner was
 * then charged with the next one's, each of the queue but the last is charged once only: nothing but the pair at the end shows it.
 */
export function queuedBefore(
  records: readonly TransactionRecord[],
  pairs: ReadonlyMap<string, TransactionRecord>,
  withinMs: number,
): ReadonlyMap<string, TransactionRecord> {
  const byCode = records.filter((one) => isStandingSale(one) && one.channel !== 'card')
  const queued = new Map<string, TransactionRecord>()
  for (const [index, record] of byCode.entries()) {
    const next = byCode[index + 1]
    if (next === undefined || next.at - record.at >= withinMs) continue
    const twin = pairs.get(next.id)
    if (twin !== undefined && twin.at >= next.at && !pairs.has(record.id))
      queued.set(record.id, next)
  }
  return queued
}

function isStandingSale({ closedBy, kind, outcome }: TransactionRecord): boolean {
  return kind === 'sale' && outcome === 'approved' && closedBy === ''
}
