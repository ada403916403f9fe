/** Where every path ends: the page on which the next amount is typed. */
import { type Decision, goTo } from '../terminal/decision.ts'
import { NO_AMOUNT_TYPED, type TerminalState } from '../terminal/state.ts'

export function goHome(state: TerminalState, telling: TerminalState['message'] = null): Decision {
  return goTo(state, { kind: 'amount', typed: NO_AMOUNT_TYPED }, { message: telling })
}
