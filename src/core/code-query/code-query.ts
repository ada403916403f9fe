/**
 * A code payment whose outcome is asked for, kept with its reversal: SENT, then asked, then cancelled, then the cancel repeated. One debt, so
 * that whatever waits for a reversal waits for the question as well.
 */
import type { MinorUnits } from '../money.ts'
import type { Attempt } from '../transaction/attempt.ts'

export type CodeQuery = {
  readonly attempt: Attempt
  /** STAN of the question that is out; empty while none is. */
  readonly out: string
  readonly tries: number
  /** Pauses that timers have measured since the answer was missed: the wall clock may step, and the cancel must not come early. */
  readonly waitedMs: number
  /** The cashier wants it cancelled whatever the answer. */
  readonly cancelAsked: boolean
  readonly cancelsBeforeHelp: number
}

/** What became of this one? Asked under a number of its own. */
export type Question = {
  readonly stan: string
  readonly batch: string
  readonly original: {
    readonly batch: string
    readonly stan: string
    readonly amountMinor: MinorUnits
  }
}
