/**
 * The page "is the amount right?" and what an unusual amount asks beyond it: a moment to look, the amount keyed once more, a second
 * person. Only a usual amount, typed and confirmed on the page before, does without the page; no setting takes the confirmation away.
 */

import { elsewhereNumber } from '../correction/elsewhere-id.ts'
import { isNewHere } from '../guard/amount-check.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { coolOffMs } from '../guard/refund-guard.ts'
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { askToHandOver } from '../operator/hand-over.ts'
import { type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import { NO_AMOUNT_TYPED, type Step, type TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'
import { isVoid, ruleOf } from '../transaction/kinds.ts'
import { askForTender, type Confirmed } from './ask-for-tender.ts'
import { objectionToOrder } from './hindrance.ts'
import { goHome } from './home.ts'

type ConfirmStep = Extract<Step, { kind: 'confirmAmount' }>
type LookStep = Extract<Step, { kind: 'lookAtAmount' }>
type RekeyStep = Extract<Step, { kind: 'rekeyAmount' }>

export function onConfirmKey(state: TerminalState, step: ConfirmStep, key: Key): Decision {
  if (key === 'confirm') return weigh(state, step)
  const isLocked = key === 'backspace' && step.order.till !== undefined
  if (isLocked) return say(state, message('till.amountLocked'), { tone: 'refused' })
  if (key === 'cancel' || key === 'backspace') return backFromConfirm(state, step, key)
  if (key === 'menu') return askToHandOver(state, step)
  return refuse(state, 'keyHasNoMeaningHere')
}

/** What the check of the amount asks for comes first; what stands in the way anyway is said before anybody keys in vain. */
export function weigh(state: TerminalState, step: Confirmed): Decision {
  const { order, typed } = step
  const level = order.check?.level ?? 0
  if (level === 0 || order.keyedAgain === true || objectionToOrder(state, order) !== null)
    return allow(state, step)
  if (level > 1) {
    const telling = message(needsEveryDigit(order) ? 'amount.keyAgainWhole' : 'amount.keyAgain')
    const asking: Step = { kind: 'rekeyAmount', order, typed, again: '' }
    return goTo(state, asking, { message: telling, tone: 'key' })
  }
  const ms = state.setup.amountGuard?.lookMs ?? 0
  return look(state, step, ms, message('amount.look', { amount: formatMinor(order.dueMinor) }))
}

/** The page stands for `ms` and goes on by itself; cancel takes it back. */
function look(
  state: TerminalState,
  { order, typed }: Confirmed,
  ms: number,
  telling: Message,
): Decision {
  const wait = { startedAt: state.at, deadlineAt: state.at + ms }
  return goTo(
    state,
    { kind: 'lookAtAmount', order, typed, wait },
    { message: telling, tone: 'confirmed', effects: [{ do: 'startTimer', timer: 'look', ms }] },
  )
}

/** What gives money back, and a sale above the merchant's limit, waits for a second person; everything else goes on to the customer. */
function allow(state: TerminalState, step: Confirmed): Decision {
  const { order, typed } = step
  const wanted = ruleOf(kindOf(order)).needsApproval || order.check?.level === 3
  const asks = wanted && order.approver === undefined
  if (!asks || objectionToOrder(state, order) !== null) return askForTender(state, step)
  return goTo(
    state,
    { kind: 'approve', order, typed },
    { message: askSecondPerson(order), tone: 'key' },
  )
}

/** Whoever is called to the counter reads what it is about before a PIN is entered. */
function askSecondPerson(order: Order): Message {
  const kind = kindOf(order)
  const family = isVoid(kind) ? 'void' : kind === 'refund' ? 'refund' : 'sale'
  // Its voucher number was not asked for.
  const number = elsewhereNumber(order.original?.id ?? '')
  if (number !== null)
    return message('approve.refundElsewhere', { amount: formatMinor(order.dueMinor), number })
  const params = { amount: formatMinor(order.dueMinor), trace: order.original?.stan ?? '' }
  return message(`approve.${family}`, params)
}

/** A second person has allowed it. A large refund stands a little longer, with "cancel" in reach. */
export function afterApproval(state: TerminalState, step: Confirmed): Decision {
  const { order } = step
  const ms = kindOf(order) === 'refund' ? coolOffMs(state.setup.refundGuard, order.dueMinor) : 0
  return ms === 0
    ? askForTender(state, step)
    : look(state, step, ms, message('refund.coolOff', { amount: formatMinor(order.dueMinor) }))
}

/** Time to look is over by itself: nobody has to press anything more. */
export function onLookedAt(state: TerminalState): Decision {
  const { step } = state
  if (step.kind !== 'lookAtAmount') return refuse(state, 'timerNotRunning')
  const { order, typed } = step
  const why = objectionToOrder(state, order)
  // A page on which nothing can be confirmed is no place to wait for the line.
  return why === null
    ? allow(state, step)
    : goTo(state, { kind: 'confirmAmount', order, typed }, { message: why, tone: 'refused' })
}

export function onLookKey(state: TerminalState, step: LookStep, key: Key): Decision {
  if (key !== 'cancel' && key !== 'backspace') return refuse(state, 'keyHasNoMeaningHere')
  const back = backFromConfirm(state, step, key)
  return { ...back, effects: [...back.effects, { do: 'stopTimer', timer: 'look' }] }
}

export function onRekeyKey(state: TerminalState, step: RekeyStep, key: Key): Decision {
  if (key === 'cancel') return backFromConfirm(state, step, key)
  if (key === 'confirm') return compare(state, step)
  const again = typeKey(step.again, key)
  if (again === null)
    return { ...stay({ ...state, tone: 'refused' }), refused: 'keyHasNoMeaningHere' }
  return stay({ ...state, step: { ...step, again }, tone: 'key' })
}

/** Whole yuan are enough, but for an amount that is new here; what differs goes back to the beginning, because nobody knows which of the two was meant. */
function compare(state: TerminalState, { order, typed, again }: RekeyStep): Decision {
  if (again === '') return refuse(state, 'keyHasNoMeaningHere')
  const whole = Math.floor(order.dueMinor / 100)
  const isSame =
    typedMinor(again) === order.dueMinor || (again === String(whole) && !needsEveryDigit(order))
  if (isSame) return allow(state, { order: { ...order, keyedAgain: true }, typed })
  const params = {
    first: formatMinor(order.dueMinor),
    second: formatMinor(typedMinor(again) ?? order.dueMinor),
  }
  return goTo(
    state,
    { kind: 'amount', typed: NO_AMOUNT_TYPED },
    { message: message('amount.differs', params), tone: 'refused' },
  )
}

function needsEveryDigit({ check }: Order): boolean {
  return check !== undefined && isNewHere(check)
}

/**
 * Back to where the amount was typed; where nobody typed it, home: a void has none, and a sum that is owed, or that something is owed after, would
 * be another order without that. Backspace takes the amount back to be mended, cancel throws it away: old digits never stand before new ones by
 * accident.
 */
function backFromConfirm(state: TerminalState, { order, typed }: Confirmed, key: Key): Decision {
  const kind = kindOf(order)
  const { afterwards, follows, till } = order
  if (isVoid(kind) || [afterwards, follows, till].some((one) => one !== undefined))
    return goHome(state)
  const kept = key === 'backspace' ? typed : NO_AMOUNT_TYPED
  if (kind === 'sale') return goTo(state, { kind: 'amount', typed: kept }, { tone: 'key' })
  const original = order.original ?? null
  return goTo(
    state,
    {
      kind: 'enterAmount',
      transaction: kind,
      original,
      typed: kept,
      ...(order.cause === undefined ? {} : { cause: order.cause }),
    },
    { tone: 'key' },
  )
}
