/** Home: an amount is typed, then confirmed on a page of its own. No path leads to the customer without that page. */

import { pursue } from '../code-query/queue.ts'
import { checkAmount } from '../guard/amount-check.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { plausibilityTelling } from '../guard/refund-guard.ts'
import { NO_HISTORY } from '../guard/sales-history.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits } from '../money.ts'
import { openSlips } from '../receipt/decide.ts'
import { owedMessage } from '../reversal/decide.ts'
import { unsigned } from '../signature/decide.ts'
import { UNSIGNED_LIMIT } from '../signature/signature.ts'
import { takeOrder } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import { NO_AMOUNT_TYPED, SLIPS_LIMIT, type Step, type TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import { checkTelling } from './check-telling.ts'
import { startPresenting } from './decide-present.ts'
import { objectionToOrder } from './hindrance.ts'

type AmountStep = Extract<Step, { kind: 'amount' }>
type ConfirmStep = Extract<Step, { kind: 'confirmAmount' }>

export function goHome(state: TerminalState, telling: TerminalState['message'] = null): Decision {
  return goTo(state, { kind: 'amount', typed: NO_AMOUNT_TYPED }, { message: telling })
}

export function onAmountKey(state: TerminalState, step: AmountStep, key: Key): Decision {
  if (key === 'menu') return goTo(state, { kind: 'menu', sheet: 0 }, { tone: 'key' })
  if (key === 'confirm') return confirmTyped(state, step)
  if (key === 'cancel')
    return stay({ ...state, step: { ...step, typed: NO_AMOUNT_TYPED }, message: null, tone: 'key' })
  const typed = typeKey(step.typed, key)
  if (typed === null)
    return { ...stay({ ...state, tone: 'refused' }), refused: 'keyHasNoMeaningHere' }
  return stay({ ...state, step: { ...step, typed }, message: null, tone: 'key' })
}

function confirmTyped(state: TerminalState, step: AmountStep): Decision {
  const dueMinor = typedMinor(step.typed)
  const operator = state.session?.operator
  if (operator === undefined) return refuse(state, 'unknownOperator')
  if (dueMinor === null || dueMinor === 0)
    return say(state, message('amount.zero'), { tone: 'refused' })
  const max = state.setup.limits.maxAmountMinor
  if (dueMinor > max)
    return say(state, message('amount.tooLarge', { max: formatMinor(max) }), { tone: 'refused' })
  if (openSlips(state).length >= SLIPS_LIMIT) {
    return say(state, message('slip.owed', { count: String(SLIPS_LIMIT) }), { tone: 'refused' })
  }
  if (unsigned(state).length >= UNSIGNED_LIMIT)
    return say(state, message('signature.tooMany'), { tone: 'refused' })
  const numbered = takeOrder(state)
  const order = { id: numbered.id, dueMinor, operator, ...checkOf(state, dueMinor, operator) }
  return goTo(
    numbered.state,
    { kind: 'confirmAmount', order, typed: step.typed },
    { message: checkTelling(order) ?? afterRefund(state, order), tone: 'key' },
  )
}

function afterRefund({ at, recent }: TerminalState, { dueMinor, operator }: Order): Message | null {
  return plausibilityTelling('sale', { amountMinor: dueMinor, at, operator, recent })
}

/** Nothing when the amount is as usual: an order carries a check only when it asks for something. */
function checkOf(
  state: TerminalState,
  amountMinor: MinorUnits,
  operator: string,
): Pick<Order, 'check'> {
  const guard = state.setup.amountGuard
  if (guard === undefined) return {}
  const { at, recent, history = NO_HISTORY } = state
  const check = checkAmount(guard, { amountMinor, at, operator, history, recent })
  return check.level === 0 ? {} : { check }
}

/** The customer may present only when the link is there and nothing older is owed. */
export function askForTender(
  state: TerminalState,
  order: Pick<ConfirmStep, 'order' | 'typed'>,
): Decision {
  const why = objectionToOrder(state, order.order)
  if (why !== null) return say(state, why, { tone: 'refused' })
  if (state.reversal === null) return startPresenting(state, order.order, order.typed)
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  const step: Step = { kind: 'clearingDebt', order: order.order, typed: order.typed, wait }
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
  if (cleared) return startPresenting(state, step.order, step.typed, telling)
  const owed = state.reversal === null ? message('busy.reversing') : owedMessage(state.reversal)
  return goTo(
    state,
    { kind: 'confirmAmount', order: step.order, typed: step.typed },
    { message: owed, tone: 'refused' },
  )
}

function busyTelling({ reversal }: TerminalState): Message {
  return message(reversal?.state === 'asking' ? 'busy.asking' : 'busy.reversing')
}
