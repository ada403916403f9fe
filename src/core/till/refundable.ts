/** Where the money of a till's refund goes back to. */
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import type { TillWish } from './wish.ts'

type Records = readonly TransactionRecord[]

/** What was paid under the reference that a refund names. */
export function paidUnder(originals: Records, of: string): Records {
  return originals.filter(
    (one) => one.tillReference === of && one.kind === 'sale' && one.outcome === 'approved',
  )
}

/** The newest of it with enough left. */
export function refundable(
  originals: Records,
  { amountMinor, of }: Pick<TillWish, 'amountMinor' | 'of'>,
): TransactionRecord | null {
  return paidUnder(originals, of).findLast((one) => remainingMinor(one) >= amountMinor) ?? null
}
