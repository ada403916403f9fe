/** The record is known: void it, refund it or complete it, if that may be. */
import { typedYuan } from '../guard/amount-entry.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { type Decision, goTo, say } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { isVoid, voidOf } from '../transaction/kinds.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { Cause } from './cause.ts'
import { confirmChosen } from './confirm-chosen.ts'
import { numberOnSlip } from './elsewhere-id.ts'
import { ceilingMinor, objection } from './judge-original.ts'
import { newest } from './mark-original.ts'

export type Purpose = Extract<Step, { kind: 'findOriginal' }>['purpose']

/** Void, refund or complete this one, if that may be. */
export function correct(
  state: TerminalState,
  purpose: Purpose,
  chosen: TransactionRecord,
): Decision {
  const kind = purpose === 'void' ? voidOf(chosen.kind) : purpose
  if (kind === null) return say(state, message('original.notVoidable'), { tone: 'refused' })
  const why = objection(state, kind, chosen)
  if (why !== null) return say(state, why, { tone: 'refused' })
  const original = newest(state, chosen)
  if (isVoid(kind)) return confirmChosen(state, { kind, original, dueMinor: original.paidMinor })
  if (kind === 'refund' && state.setup.refundGuard?.askCause === true)
    return askWhy(state, original)
  return askAmount(state, purpose === 'completion' ? 'completion' : 'refund', original)
}

/** The same page as of 更正: whoever gives money back says why, also by number or slip (ideas S3-4, S3-7). */
function askWhy(state: TerminalState, original: TransactionRecord): Decision {
  const params = { trace: numberOnSlip(original), amount: formatMinor(original.paidMinor) }
  return goTo(
    state,
    { kind: 'whatWasWrong', original, refund: true },
    { message: message('correct.whyRefund', params), tone: 'key' },
  )
}

/** How much of it; what is left stands there already. */
export function askAmount(
  state: TerminalState,
  kind: 'refund' | 'completion',
  original: TransactionRecord,
  cause?: Cause,
): Decision {
  const most = ceilingMinor(state, kind, original)
  const typed = typedYuan(kind === 'completion' ? original.paidMinor : most)
  const why = cause === undefined ? {} : { cause }
  const step: Step = { kind: 'enterAmount', transaction: kind, original, typed, ...why }
  return goTo(state, step, { tone: 'key' })
}
