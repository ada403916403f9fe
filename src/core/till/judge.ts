/**
 * May this wish be shown at the counter now? One reference never has two attempts under way and is never charged twice: whatever was
 * paid, may have been paid or is under way is answered with what is known, and nothing is begun.
 */
import { followUps } from '../correction/follow-up.ts'
import { objection } from '../correction/judge-original.ts'
import { refundTooMuch } from '../guard/refund-guard.ts'
import { openSlips, waitsForTear } from '../receipt/decide.ts'
import { unsigned } from '../signature/decide.ts'
import { UNSIGNED_LIMIT } from '../signature/signature.ts'
import { SLIPS_LIMIT, type TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { paidUnder, refundable } from './refundable.ts'
import { standingOf, type TillState } from './standing.ts'
import { addsUp, isSound, type TillWish } from './wish.ts'

/** Why nothing was begun. */
export type TillRefusal =
  | 'unusable'
  | 'linesDoNotAddUp'
  | 'amountZero'
  | 'amountTooLarge'
  /** The reference is taken: ask for its state. */
  | 'referenceTaken'
  /** Nobody is signed in, or the terminal is starting. */
  | 'nobodySignedIn'
  /** Somebody is busy at the counter, with another order or another page. */
  | 'busy'
  | 'printerFirst'
  | 'signaturesFirst'
  | 'originalUnknown'
  | 'refundNotAllowed'

/** States of a reference under which it may be asked for (again). */
const FREE: readonly TillState[] = ['neverSeen', 'notPaid', 'withdrawn']

/** Null when it may be shown. `known` and `originals`: the journal's records under `wish.reference` and `wish.of`. */
export function objectionToWish(
  state: TerminalState,
  wish: TillWish,
  known: readonly TransactionRecord[],
  originals: readonly TransactionRecord[],
): TillRefusal | null {
  if (!isSound(wish)) return 'unusable'
  if (wish.amountMinor === 0) return 'amountZero'
  if (!addsUp(wish)) return 'linesDoNotAddUp'
  if (wish.amountMinor > state.setup.limits.maxAmountMinor) return 'amountTooLarge'
  if (!FREE.includes(standingOf(state, wish.reference, known).state)) return 'referenceTaken'
  if (state.session === null) return 'nobodySignedIn'
  if (!isFree(state)) return 'busy'
  if (openSlips(state).length >= SLIPS_LIMIT) return 'printerFirst'
  if (unsigned(state).length >= UNSIGNED_LIMIT) return 'signaturesFirst'
  return wish.kind === 'refund' ? objectionToRefund(state, wish, originals) : null
}

/** Home with nothing typed, or the page of a payment that has ended with nothing left to do there. */
function isFree(state: TerminalState): boolean {
  const { step } = state
  if (state.settlement !== null || state.setup.drill) return false
  if (step.kind === 'amount') return step.typed === ''
  return (
    step.kind === 'result' &&
    step.outcome === 'approved' &&
    !waitsForTear(state) &&
    followUps(state).every(({ after }) => after !== step.record)
  )
}

function objectionToRefund(
  state: TerminalState,
  wish: TillWish,
  originals: readonly TransactionRecord[],
): TillRefusal | null {
  if (paidUnder(originals, wish.of).length === 0) return 'originalUnknown'
  const original = refundable(originals, wish)
  if (original === null) return 'refundNotAllowed'
  const { at, refunded, setup } = state
  const { amountMinor } = wish
  const tooMuch = refundTooMuch(setup.refundGuard, { amountMinor, at, refunded })
  return tooMuch === null && objection(state, 'refund', original) === null
    ? null
    : 'refundNotAllowed'
}
