/**
 * Home: an amount is typed and confirmed. An amount like this shop's others is confirmed by the key that opens the wait for the customer;
 * any other on a page of its own, and so is every amount while the shop's habits are not known.
 */
import { checkAmount } from '../guard/amount-check.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { NO_PRICES } from '../guard/price-memory.ts'
import { plausibilityTelling } from '../guard/refund-guard.ts'
import { NO_HISTORY, standingOf } from '../guard/sales-history.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits } from '../money.ts'
import { openSlips } from '../receipt/decide.ts'
import { isPaperLow } from '../receipt/paper.ts'
import { unsigned } from '../signature/decide.ts'
import { UNSIGNED_LIMIT } from '../signature/signature.ts'
import { takeOrder } from '../terminal/counters.ts'
import { type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import { NO_AMOUNT_TYPED, SLIPS_LIMIT, type Step, type TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import { checkTelling } from './check-telling.ts'
import { weigh } from './confirm-amount.ts'

type AmountStep = Extract<Step, { kind: 'amount' }>

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
  if (needsNoPage(state, order)) return weigh(numbered.state, { order, typed: step.typed })
  return goTo(
    numbered.state,
    { kind: 'confirmAmount', order, typed: step.typed },
    { message: checkTelling(order) ?? afterRefund(state, order), tone: 'key' },
  )
}

/** The terminal knows what this shop takes, this amount is like it, and there is nothing to be told before the customer presents. */
function needsNoPage(state: TerminalState, order: Order): boolean {
  const { amountGuard: guard } = state.setup
  if (guard?.pageFor !== 'unusual' || (order.check?.level ?? 0) > 1) return false
  const { at, history = NO_HISTORY } = state
  const isKnown =
    standingOf(history, order.dueMinor, at, guard.enoughSales).sales >= guard.enoughSales
  return isKnown && afterRefund(state, order) === null && !isPaperLow(state)
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
  const { at, recent, history = NO_HISTORY, prices = NO_PRICES } = state
  const check = checkAmount(guard, { amountMinor, at, operator, history, prices, recent })
  return check.level === 0 ? {} : { check }
}
