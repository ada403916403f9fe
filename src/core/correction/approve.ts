/** A second person allows what gives money back. Whoever started it cannot, and a cashier's PIN is not enough. */
import { begin } from '../batch/decide.ts'
import { message } from '../message.ts'
import { checkAccount } from '../operator/decide.ts'
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
  const checked = checkAccount(state, event)
  if (checked.account === null) return say(checked.state, checked.telling, { tone: 'refused' })
  const { number, role } = checked.account
  if (number === state.session?.operator)
    return say(checked.state, message('approve.samePerson'), { tone: 'refused' })
  if (role === 'cashier')
    return say(checked.state, message('approve.notAllowed'), { tone: 'refused' })
  if (step.kind === 'approveBatch') return begin(checked.state, step.lines, number)
  return afterApproval(checked.state, {
    order: { ...step.order, approver: number },
    typed: step.typed,
  })
}
