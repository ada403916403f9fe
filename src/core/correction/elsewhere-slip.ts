/** What is known so far of a slip of another terminal, while its numbers are typed. */

/** Off its bar code. */
export type ForeignSlip = {
  /** Six digits each. */
  readonly batch: string
  readonly trace: string
  /** Four digits over terminal, batch, voucher and reference number. */
  readonly check: string
}

export type Elsewhere = {
  readonly slip?: ForeignSlip
  /** As `channelOf` names it: which way the money came. */
  readonly channel?: string
  /** DE 37 of a payment, DE 38 of a hold. */
  readonly number?: string
  /** MMDD. */
  readonly date?: string
  /** Of the card that paid; of a code there is nothing to compare. */
  readonly last4?: string
}
