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

function isStandingSale({ closedBy, kind, outcome }: TransactionRecord): boolean {
  return kind === 'sale' && outcome === 'approved' && closedBy === ''
}
