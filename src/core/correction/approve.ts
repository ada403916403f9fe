/** A second person allows what gives money back. Whoever started it cannot, and a cashier's PIN is not enough. */
import { begin } from '../batch/decide.ts'
import { badgeObjection } from '../operator/badge.ts'
import { bySecondPerson } from '../operator/second-person.ts'
import { afterApproval } from '../order/confirm-amount.ts'
import { type Decision, refuse, say } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'

export function onApproval(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'operatorChecked' }>,
): Decision {
  const step = state.step
  if (step.kind !== 'approve' && step.kind !== 'approveBatch') return refuse(state, 'notAskedFor')
  const missing = badgeObjection(state, step, event.operator)
  if (missing !== null) return say(state, missing, { tone: 'refused' })
  return bySecondPerson(state, event, (checked, approver) =>
    step.kind === 'approveBatch'
      ? begin(checked, step.lines, approver)
      : afterApproval(checked, { order: { ...step.order, approver }, typed: step.typed }),
  )
}
