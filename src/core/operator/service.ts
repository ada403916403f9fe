/** What technicians do while the terminal is off: kept in its journal, and their wrong PINs count like those at the counter. */
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { afterCheck } from './account.ts'

/** Events of a terminal that is off. None of them has an effect. */
export function isService(event: TerminalEvent): boolean {
  return event.type === 'technicianChecked' || event.type === 'serviced'
}

/** Counts the try; a locked account stays locked, right or wrong. */
export function onTechnicianChecked(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'technicianChecked' }>,
): Decision {
  const account = state.operators.find(({ number }) => number === event.operator)
  if (account === undefined) return refuse(state, 'unknownOperator')
  const after = afterCheck(account, event.correct, event.at)
  return stay({
    ...state,
    operators: state.operators.map((one) => (one === account ? after : one)),
  })
}
