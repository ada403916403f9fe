/**
 * What an issuer's scripts did on a chip, still to be told to the acquirer (0620): the issuer must know whether its
 * limit, its block or its new PIN has arrived. No money moves by it, so nothing waits for it and it may be given up.
 */
import type { MinorUnits } from '../money.ts'

/** The transaction that brought the scripts, as its notice names it. */
export type ScriptSubject = {
  /** `<batch>-<stan>` of that transaction. */
  readonly id: string
  readonly batch: string
  readonly processingCode: string
  readonly amountMinor: MinorUnits
  readonly entryMode: string
  readonly panSequence: string | null
  /** DE 61: its batch, its STAN and the host's date MMDD, zeros when unknown. */
  readonly originalData: string
  /** The chip's first words, from which DE 55 of the notice takes what the last ones leave out. */
  readonly emv: string
}

export type ScriptNotice = Omit<ScriptSubject, 'emv'> & {
  /** Its own number, the same at each try. */
  readonly stan: string
  /** DE 55 as BER-TLV hex, with the results (DF31). */
  readonly emv: string
  /** Times it left and was not answered. */
  readonly tries: number
  /** Times it could not leave; absent: never. */
  readonly unsent?: number
}
