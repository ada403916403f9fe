/** Where the money of a till's refund goes back to. */
import type { MinorUnits } from '../money.ts'
import type { TransactionRecord } from '../transaction/record.ts'

/** The sale of `originals` that a refund of this amount goes back to: the newest with enough left. */
export function refundable(
  originals: readonly TransactionRecord[],
  amountMinor: MinorUnits,
): TransactionRecord | null {
  const fits = (one: TransactionRecord): boolean =>
    one.kind === 'sale' &&
    one.outcome === 'approved' &&
    one.closedBy === '' &&
    one.paidMinor - one.refundedMinor >= amountMinor
  return originals.findLast(fits) ?? null
}
