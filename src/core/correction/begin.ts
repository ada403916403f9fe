/** The record is known: void it, refund it or complete it, if that may be. */
import { typedYuan } from '../guard/amount-entry.ts'
import { message } from '../message.ts'
import { type Decision, goTo, say } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { isVoid, voidOf } from '../transaction/kinds.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { confirmChosen } from './confirm-chosen.ts'
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
  const most = ceilingMinor(state, kind, original)
  const typed = typedYuan(kind === 'completion' ? original.paidMinor : most)
  return goTo(state, { kind: 'enterAmount', transaction: kind, original, typed }, { tone: 'key' })
}
