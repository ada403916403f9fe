/** A transaction that has ended, as the shop keeps it: masked, with everything a slip needs. */

import type { Cause } from '../correction/cause.ts'
import type { AmountCheck } from '../guard/amount-verdict.ts'
import { type MinorUnits, minor } from '../money.ts'
import type { SlipFacts } from '../receipt/slip.ts'
import type { TransactionKind } from './kinds.ts'
import type { OtherCardReason } from './other-card.ts'

type Outcome = 'approved' | 'notPaid'

export type TransactionRecord = {
  /** `<batch>-<stan>`: unique for ever, because neither goes back. */
  readonly id: string
  readonly kind: TransactionKind
  readonly orderId: number
  readonly at: number
  readonly outcome: Outcome
  /** DE 39, or why there was none: `timedOut`, `unusable:<why>`, `reversed`, `unreachable`. */
  readonly reason: string
  readonly dueMinor: MinorUnits
  readonly paidMinor: MinorUnits
  readonly channel: string
  readonly last4: string
  readonly fingerprint: string
  /** Keyed hash of whoever paid by code; absent: the acquirer named nobody. */
  readonly payer?: string
  readonly operator: string
  readonly stan: string
  readonly batch: string
  readonly authCode: string
  readonly reference: string
  /** MMDD of the host, for DE 61 of what follows; empty when it gave none. */
  readonly hostDate: string
  /** Id of the record that this one voids, refunds or completes; empty for none. */
  readonly original: string
  /** Second person, empty when none was needed. */
  readonly approver: string
  /** Why it corrects its original, when somebody said. */
  readonly cause?: Cause
  /** Why a refund went to another card than the one that paid; absent: it did not. */
  readonly otherCard?: OtherCardReason
  /** The till's reference of the order; absent: it was typed here. */
  readonly tillReference?: string
  /** What was unusual about the amount; absent: nothing. */
  readonly check?: AmountCheck
  /** Id of the record after which this was collected. */
  readonly follows?: string
  /** Id of the approved void or completion that used this one up; empty while it stands. */
  readonly closedBy: string
  /** Sum of approved refunds of this one. */
  readonly refundedMinor: MinorUnits
  /** Null when nothing was approved: then there is no slip. */
  readonly slip: SlipFacts | null
  /** Where the signature from the screen has ended: with the acquirer, or in the shop's file on paper. Absent: nowhere yet, or there is none. */
  readonly signatureKept?: 'acquirer' | 'shop'
  /** Papers asked for after the originals; each reprint carries its number. */
  readonly reprints: number
}

/** What a batch adds up: every approved movement of money. A hold moves none. */
export function countsInBatch(record: TransactionRecord): boolean {
  if (record.outcome !== 'approved') return false
  return record.kind !== 'preAuth' && record.kind !== 'preAuthVoid' && record.kind !== 'balance'
}

/** What may still be refunded. */
export function remainingMinor(record: TransactionRecord): MinorUnits {
  return record.closedBy === '' ? minor(record.paidMinor - record.refundedMinor) : minor(0)
}
