/** What is known of signatures: the one that is asked for on the customer's screen, and those that somebody still has to see on paper. */
import type { MinorUnits } from '../money.ts'
import type { SlipType, SlipVerification } from '../receipt/slip.ts'

/** Absent from the setup: customers sign on paper, and nobody asks about it. */
export type SignatureRules = { readonly timeoutMs: number }

export type Signing = {
  /** Id of the record that is signed for. */
  readonly record: string
  readonly trace: string
  readonly type: SlipType
  readonly amountMinor: MinorUnits
  readonly code: string
  /** DE 15, empty when the host named none. */
  readonly settlementDate: string
  readonly wait: { readonly startedAt: number; readonly deadlineAt: number }
}

/** Nobody signed on the screen: the paper is to be signed, and a person says that it is. */
export type Unsigned = Pick<Signing, 'record' | 'trace' | 'type' | 'amountMinor'>

/** More than this, and the open list is worked off before the next sale. */
export const UNSIGNED_LIMIT = 50

/** Whether the merchant's copy carries a signature line. */
export function isSigned(verification: SlipVerification): boolean {
  return ['pinAndSignature', 'signature', 'noPin'].includes(verification)
}
