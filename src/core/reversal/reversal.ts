/**
 * The reversal that every request arms before it leaves. It is disarmed only by an answer that can be used, and owed otherwise.
 * Its PAN lies sealed under the device key beside the journal until the acquirer acknowledges.
 */
import type { CodeQuery } from '../code-query/code-query.ts'
import type { MinorUnits } from '../money.ts'
import type { TransactionKind } from '../transaction/kinds.ts'

/** DE 39 of a 0400: 98 no answer, A0 wrong MAC, 96 the terminal cannot finish, 06 other. */
export type ReversalReason = '98' | 'A0' | '96' | '06'

export type Reversal = {
  /** Key of the sealed PAN and of the effect: `<batch>-<stan>` of the original. */
  readonly id: string
  readonly orderId: number
  /** The till's reference of the order; absent: it was typed here. */
  readonly tillReference?: string
  /** Absent: a sale. */
  readonly kind?: TransactionKind
  /** DE 61 of the request that is undone; absent when it had none. */
  readonly originalData?: string
  /** Id of the record that the request was about. */
  readonly original?: string
  /** DE 38 of an approval that is taken back; absent when none came. */
  readonly authCode?: string
  readonly stan: string
  readonly batch: string
  readonly amountMinor: MinorUnits
  readonly processingCode: string
  readonly entryMode: string
  readonly conditionCode: string
  /** The request said that a chip had failed (60.5). */
  readonly isFallback?: true
  readonly panSequence: string | null
  /** 95 9F1E 9F10 9F36 DF31 as BER-TLV hex, empty without a chip. */
  readonly emv: string
  readonly channel: string
  readonly last4: string
  readonly hasPan: boolean
  readonly fingerprint: string
  readonly operator: string
  /** `asking`: the acquirer is asked what became of it before anything is taken back (code payments). */
  readonly state: 'armed' | 'asking' | 'owed' | 'sent'
  /** Of a code payment, where the acquirer can be asked. */
  readonly query?: CodeQuery
  readonly reason: ReversalReason
  /** Times it has left this terminal without an answer that ends it. It is never given up. */
  readonly tries: number
}
