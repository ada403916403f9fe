/** Home: an amount is typed, then confirmed on a page of its own. No path leads to the customer without that page. */

import { BATCH_LIMIT } from '../batch/batch.ts'
import { objection } from '../correction/judge-original.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { openSlips } from '../receipt/decide.ts'
import { owedMessage, sendOwed } from '../reversal/decide.ts'
import { takeOrder } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import { NO_AMOUNT_TYPED, SLIPS_LIMIT, type Step, type TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'
import { isVoid, ruleOf } from '../transaction/kinds.ts'
import { startPresenting } from './decide-present.ts'

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
  const numbered = takeOrder(state)
  const order = { id: numbered.id, dueMinor, operator }
  return goTo(numbered.state, { kind: 'confirmAmount', order, typed: step.typed }, { tone: 'key' })
}

export function onConfirmKey(state: TerminalState, step: ConfirmStep, key: Key): Decision {
  if (key === 'confirm') return allow(state, step)
  if (key === 'cancel' || key === 'backspace') return backFromConfirm(state, step, key)
  return refuse(state, 'keyHasNoMeaningHere')
}

/** What gives money back waits for a second person; everything else goes on to the customer. */
function allow(state: TerminalState, step: ConfirmStep): Decision {
  const { order, typed } = step
  const asks = ruleOf(kindOf(order)).needsApproval && order.approver === undefined
  const why = hindrance(state, order)
  if (!asks || why !== null) return askForTender(state, step)
  return goTo(state, { kind: 'approve', order, typed }, { tone: 'key' })
}

/** Back to where the amount was typed; a void has no amount to type. */
/** Backspace takes the amount back to be mended, cancel throws it away: old digits never stand before new ones by accident. */
function backFromConfirm(state: TerminalState, { order, typed }: ConfirmStep, key: Key): Decision {
  const kind = kindOf(order)
  const kept = key === 'backspace' ? typed : NO_AMOUNT_TYPED
  if (kind === 'sale') return goTo(state, { kind: 'amount', typed: kept }, { tone: 'key' })
  if (isVoid(kind)) return goHome(state)
  const original = order.original ?? null
  return goTo(
    state,
    { kind: 'enterAmount', transaction: kind, original, typed: kept },
    { tone: 'key' },
  )
}

/** Why nothing may be asked of the acquirer for this order now; null when it may. */
function hindrance(state: TerminalState, order: Order): Message | null {
  if (state.link !== 'up')
    return message(state.link === 'signingOn' ? 'link.signingOn' : 'link.down')
  if (state.settlement !== null) return message('settle.unfinished')
  if (state.inBatch >= BATCH_LIMIT) return message('batch.full')
  if (kindOf(order) === 'refund' && state.advice !== null) return message('refund.openAlready')
  return order.original === undefined ? null : objection(state, kindOf(order), order.original)
}

/** The customer may present only when the link is there and nothing older is owed. */
export function askForTender(
  state: TerminalState,
  order: Pick<ConfirmStep, 'order' | 'typed'>,
): Decision {
  const why = hindrance(state, order.order)
  if (why !== null) return say(state, why, { tone: 'refused' })
  if (state.reversal === null) return startPresenting(state, order.order, order.typed)
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  const step: Step = { kind: 'clearingDebt', order: order.order, typed: order.typed, wait }
  return andThen(goTo(state, step, { message: message('busy.reversing') }), sendOwed)
}

/** The old debt is gone: the sale goes on by itself. It stays: the cashier is told and keeps the amount. */
export function afterDebt(state: TerminalState, cleared: boolean): Decision {
  const step = state.step
  if (step.kind !== 'clearingDebt') return stay(state)
  if (cleared) return startPresenting(state, step.order, step.typed)
  const telling = state.reversal === null ? message('busy.reversing') : owedMessage(state.reversal)
  return goTo(
    state,
    { kind: 'confirmAmount', order: step.order, typed: step.typed },
    { message: telling, tone: 'refused' },
  )
}
