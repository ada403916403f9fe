/** One try to take the money of an order. Its facts go to disk before its request leaves. */

import type { Cause } from '../correction/cause.ts'
import type { FollowUp } from '../correction/owed-sale.ts'
import type { AmountCheck } from '../guard/amount-verdict.ts'
import type { MinorUnits } from '../money.ts'
import type { TillOrder } from '../till/wish.ts'
import { ruleOf, type TransactionKind } from './kinds.ts'
import type { OtherCard } from './other-card.ts'
import type { TransactionRecord } from './record.ts'
import type { CardFacts, Tender } from './tender.ts'

export type Order = {
  readonly id: number
  /** What the shop is owed. */
  readonly dueMinor: MinorUnits
  readonly operator: string
  /** Absent: a sale, as in every journal before there was anything else. */
  readonly kind?: TransactionKind
  /** What is voided, refunded or completed, as it stood when it was chosen. */
  readonly original?: TransactionRecord
  /** Of a void of a completion: the hold that stands again once it is through. */
  readonly hold?: TransactionRecord
  /** The second person, who allowed it. */
  readonly approver?: string
  /** What the amount asks for beyond the confirmation; absent: nothing. */
  readonly check?: AmountCheck
  /** Why it corrects its original; absent: nobody said. */
  readonly cause?: Cause
  /** What is to be collected once this has been approved. */
  readonly afterwards?: Pick<FollowUp, 'kind' | 'dueMinor'>
  /** What this collects. */
  readonly follows?: FollowUp
  /** What a till sent it under; absent: it was typed here. */
  readonly till?: TillOrder
  /** A refund that may go to this card, which is not the one that paid; absent: to that one alone. */
  readonly otherCard?: OtherCard
  /** The amount was keyed a second time and was the same. */
  readonly keyedAgain?: true
}

export function kindOf(order: Order): TransactionKind {
  return order.kind ?? 'sale'
}

export type Attempt = {
  readonly order: Order
  readonly tender: Tender
  readonly amountMinor: MinorUnits
  /** DE 11, six digits; also the voucher number on the slip. */
  readonly stan: string
  /** 60.2, six digits. */
  readonly batch: string
  readonly withPin: boolean
  readonly sentAt: number
}

/** `<batch>-<stan>`: names the attempt, its reversal, its sealed PAN and its record; unique for ever. */
export function idOf(attempt: Pick<Attempt, 'batch' | 'stan'>): string {
  return `${attempt.batch}-${attempt.stan}`
}

/** DE 22 of a payment code; what is about one is known by it. */
export const MODE_OF_CODES = '032'

/** DE 22: two digits of entry mode, one of PIN capability. */
export function entryMode(attempt: Attempt): string {
  const pin = attempt.withPin ? '1' : '2'
  if (attempt.tender.kind === 'code') return MODE_OF_CODES
  const mode = { chip: '05', contactless: '07', stripe: '02' }[attempt.tender.card.interface]
  return `${mode}${pin}`
}

/** A chip card that was swiped after its chip had failed: 60.5 says so, and issuers refuse most of them. */
export function isFallback({ tender }: Pick<Attempt, 'tender'>): boolean {
  return tender.kind === 'card' && isStripeOfChipCard(tender.card)
}

/** First digit of the service code: 2 or 6 has a chip (ISO/IEC 7813). */
export function isStripeOfChipCard(card: CardFacts): boolean {
  return card.interface === 'stripe' && /^[26]/.test(card.serviceCode ?? '')
}

/** The chip takes part in what the host decides; elsewhere it only showed its number. */
export function needsChip(attempt: Attempt): boolean {
  const { order, tender } = attempt
  return (
    tender.kind === 'card' &&
    tender.card.interface === 'chip' &&
    ruleOf(kindOf(order)).card === 'chip'
  )
}
