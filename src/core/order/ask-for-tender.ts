/** From a confirmed amount to the customer: nothing in the way, nothing older owed. */
import { pursue } from '../code-query/queue.ts'
import { alreadyCollected } from '../correction/follow-up.ts'
import { type Message, message } from '../message.ts'
import { owedMessage } from '../reversal/decide.ts'
import { andThen, type Decision, goTo, say, stay } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import { originalByCode, startPresenting } from './decide-present.ts'
import { objectionToOrder } from './hindrance.ts'
import { goHome } from './home.ts'

/** An amount that was confirmed, and the keys it was typed with. */
export type Confirmed = { readonly order: Order; readonly typed: string }

/** The customer may present only when the link is there and nothing older is owed. */
export function askForTender(state: TerminalState, { order, typed }: Confirmed): Decision {
  const why = objectionToOrder(state, order)
  if (why !== null) return say(state, why, { tone: 'refused' })
  if (state.reversal === null) return startPresenting(state, order, typed)
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  const step: Step = { kind: 'clearingDebt', order, typed, wait }
  return andThen(goTo(state, step, { message: busyTelling(state) }), pursue)
}

/** The old debt is gone: the sale goes on by itself. It stays: the cashier is told and keeps the amount. */
export function afterDebt(
  state: TerminalState,
  cleared: boolean,
  telling: Message | null = null,
): Decision {
  const step = state.step
  if (step.kind !== 'clearingDebt') return stay(state)
  if (cleared) {
    const collected = alreadyCollected(state, step.order)
    if (collected !== null) return goHome(state, collected)
    // The wait may have been long: line, battery and batch are as they are now.
    const why = objectionToOrder(state, step.order)
    // Where nobody presents anything the request leaves at once, and what is told would be gone before it is read.
    const isRead = telling === null || originalByCode(step.order) === null
    return why === null && isRead
      ? startPresenting(state, step.order, step.typed, telling)
      : backToConfirm(state, step, telling ?? why)
  }
  return backToConfirm(state, step, state.reversal && owedMessage(state.reversal))
}

function backToConfirm(
  state: TerminalState,
  { order, typed }: Confirmed,
  telling: Message | null,
): Decision {
  return goTo(state, { kind: 'confirmAmount', order, typed }, { message: telling, tone: 'refused' })
}

function busyTelling({ reversal }: TerminalState): Message {
  return message(reversal?.state === 'asking' ? 'busy.asking' : 'busy.reversing')
}
