/**
 * The end of a batch on its way: signatures that the acquirer does not have yet, totals, then the upload where they differ, then the end message. Every step is on disk before it is asked
 * for and may be asked again; nothing is sold in between.
 */
import type { BatchLine } from './batch.ts'

/** Digits 31 and 62 of DE 48 in a 0510. */
export type SideVerdict = 'balanced' | 'different' | 'error'

export type Settlement = {
  readonly batch: string
  /** `signatures`: what customers signed goes first, each once; the line may leave them for later. */
  readonly phase: 'signatures' | 'totals' | 'upload' | 'end'
  readonly lines: readonly BatchLine[]
  readonly uploaded: number
  readonly verdict: { readonly domestic: SideVerdict; readonly foreign: SideVerdict } | null
  /** DE 48 as the host answered it. */
  readonly hostTotals: string
  /** STAN of the message that is out; empty while none is. */
  readonly out: string
  /** Answers in a row that did not take the message of this step; absent: none. */
  readonly refusals?: number
  readonly operator: string
  /** Who allowed it although slips were open; empty when none were. */
  readonly approver: string
}

/** One message of it, complete but for terminal and merchant. */
export type BatchMessage = {
  readonly mti: '0500' | '0320'
  readonly stan: string
  readonly batch: string
  /** 60.3. */
  readonly management: '201' | '202' | '207'
  /** DE 48. */
  readonly totals: string
  readonly operator: string
}
