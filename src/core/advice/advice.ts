/**
 * A refund whose answer is not known. It cannot be reversed: the same message, with the same STAN, is sent until the acquirer answers it,
 * so that the customer gets the money once and never twice. Its PAN lies sealed beside the journal, like that of a reversal.
 */
import type { Attempt } from '../transaction/attempt.ts'

export type Advice = {
  /** Key of the sealed PAN and of the effect: `<batch>-<stan>`. */
  readonly id: string
  readonly attempt: Attempt
  readonly hasPan: boolean
  /** `out`: the first request is on its way, somebody waits. `waiting`: for its next turn. `sent`: again on its way. */
  readonly state: 'out' | 'waiting' | 'sent'
  /** Times it was sent again. It is never given up. */
  readonly tries: number
}
