/** A colleague takes the counter over while a sale is waiting: menu, number and PIN, and the amount is still there (idea S0-15). */
import { message } from '../message.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key, TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { checkAccount } from './decide.ts'

type HandOver = Extract<Step, { kind: 'handOver' }>
type Waiting = Pick<HandOver, 'order' | 'typed'>

export function askToHandOver(state: TerminalState, { order, typed }: Waiting): Decision {
  return goTo(
    state,
    { kind: 'handOver', order, typed },
    { message: message('handOver.ask'), tone: 'key' },
  )
}

export function onHandOverKey(state: TerminalState, step: HandOver, key: Key): Decision {
  return key === 'cancel' ? backTo(state, step) : refuse(state, 'keyHasNoMeaningHere')
}

/** Whoever takes over is from now on the operator of the order; who typed it stands in the journal. */
export function onHandOverChecked(
  state: TerminalState,
  step: HandOver,
  event: Extract<TerminalEvent, { type: 'operatorChecked' }>,
): Decision {
  const checked = checkAccount(state, event)
  if (checked.account === null) return say(checked.state, checked.telling, { tone: 'refused' })
  const { number, role } = checked.account
  const session = { operator: number, role }
  // Whoever has allowed it cannot also be the one who asks for it: a second person is asked anew.
  const { approver, ...asked } = step.order
  const allowed = approver === undefined || approver === number ? {} : { approver }
  const order = { ...asked, ...allowed, operator: number }
  return backTo({ ...checked.state, session }, { ...step, order })
}

function backTo(state: TerminalState, { order, typed }: Waiting): Decision {
  return goTo(state, { kind: 'confirmAmount', order, typed }, { tone: 'confirmed' })
}
