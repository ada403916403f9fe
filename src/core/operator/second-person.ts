/** What one person begins and another allows: whoever began it cannot, and a cashier's PIN is not enough. */
import { message } from '../message.ts'
import { type Decision, say } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { checkAccount } from './decide.ts'

/** Counts the try; `allowed` gets the state after it and the number of who allowed it. */
export function bySecondPerson(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'operatorChecked' }>,
  allowed: (state: TerminalState, approver: string) => Decision,
): Decision {
  const checked = checkAccount(state, event)
  if (checked.account === null) return say(checked.state, checked.telling, { tone: 'refused' })
  const { number, role } = checked.account
  if (number === state.session?.operator)
    return say(checked.state, message('approve.samePerson'), { tone: 'refused' })
  if (role === 'cashier')
    return say(checked.state, message('approve.notAllowed'), { tone: 'refused' })
  return allowed(checked.state, number)
}
