/** What an order and a record keep of a refund to another card than the one that paid; a leaf, because both name it. */

/** Why a refund goes to another card, and to which: only the very card that the second person was told of. */
export type OtherCard = {
  readonly why: OtherCardReason
  readonly fingerprint: string
  readonly last4: string
}

/** The bank gave the customer a new card; the phone shows another number than the card that stands behind it. */
export type OtherCardReason = 'cardReplaced' | 'phoneCard'
