/** What a large correction still wants: that somebody tells the customer when and how the money comes. A leaf, because the state holds it. */
import type { MinorUnits } from '../money.ts'
import type { TransactionKind } from '../transaction/kinds.ts'

export type Untold = {
  /** Id and voucher number of the refund or void. */
  readonly record: string
  readonly trace: string
  readonly kind: TransactionKind
  readonly amountMinor: MinorUnits
}

/** A month of large corrections; beyond it the oldest is no news to anybody. */
export const UNTOLD_LIMIT = 50
