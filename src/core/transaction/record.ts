/** A transaction that has ended, as the shop keeps it: masked, with everything a slip needs. */

import type { MinorUnits } from '../money.ts'
import type { SlipFacts } from '../receipt/slip.ts'

type Outcome = 'approved' | 'notPaid'

export type TransactionRecord = {
  /** `<batch>-<stan>`: unique for ever, because neither goes back. */
  readonly id: string
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
  readonly operator: string
  readonly stan: string
  readonly batch: string
  readonly authCode: string
  readonly reference: string
  /** Null when nothing was approved: then there is no slip. */
  readonly slip: SlipFacts | null
  /** Papers asked for after the originals; each reprint carries its number. */
  readonly reprints: number
}
