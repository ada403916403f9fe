/** From "this one" to the page that asks "is the amount right?": finding the original, and the amount where it may be typed. */
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { typeDigit } from '../guard/type-digit.ts'
import { message } from '../message.ts'
import { formatMinor, minor } from '../money.ts'
import { askForTender } from '../order/ask-for-tender.ts'
import { goHome } from '../order/home.ts'
import { takeOrder } from '../terminal/counters.ts'
import { type Decision, goTo, pageName, refuse, say, stay } from '../terminal/decision.ts'
import type { Key, TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import type { Purpose } from './begin.ts'
import { confirmChosen } from './confirm-chosen.ts'
import { askElsewhere, mayBeElsewhere, onElsewhereKey, onElsewhereOption } from './elsewhere.ts'
import { ceilingMinor, tooMuch } from './judge-original.ts'
import { onProofKey, proveOrCorrect } from './prove-typed.ts'
import { onExchangePrice, onRightAmount } from './right-amount.ts'

type FindStep = Extract<Step, { kind: 'findOriginal' }>
type EnterStep = Extract<Step, { kind: 'enterAmount' }>

/** DE 11 has six digits. */
const TRACE_DIGITS = 6

export function askForOriginal(state: TerminalState, purpose: Purpose): Decision {
  const telling = mayBeElsewhere(state, purpose) ? { message: message('elsewhere.ask') } : {}
  return goTo(state, { kind: 'findOriginal', purpose, typed: '' }, { ...telling, tone: 'key' })
}

export function onFindKey(state: TerminalState, step: FindStep, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  const { elsewhere, found } = step
  if (elsewhere !== undefined) return onElsewhereKey(state, { ...step, elsewhere }, key)
  if (found !== undefined) return onProofKey(state, { ...step, found }, key)
  if (key === 'confirm') {
    if (Number(step.typed) === 0)
      return say(state, message('original.noTrace'), { tone: 'refused' })
    const stan = step.typed.padStart(TRACE_DIGITS, '0')
    return stay({ ...state, tone: 'key' }, [{ do: 'findRecord', page: pageName(state), stan }])
  }
  if (key === 'menu' && mayBeElsewhere(state, step.purpose))
    return askElsewhere(state, step.purpose)
  const typed = typeDigit(step.typed, key, TRACE_DIGITS)
  if (typed === null) return refuse(state, 'keyHasNoMeaningHere')
  return stay({ ...state, step: { ...step, typed }, message: null, tone: 'key' })
}

/** Only the slip of another terminal asks for one: which way its money came. */
export function onFindOption(state: TerminalState, step: FindStep, option: string): Decision {
  if (option === 'back') return goHome(state)
  return step.elsewhere === undefined
    ? refuse(state, 'optionNotOffered')
    : onElsewhereOption(state, { ...step, elsewhere: step.elsewhere }, option)
}

export function onRecordFound(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'recordFound' }>,
): Decision {
  const { step } = state
  if (step.kind !== 'findOriginal' || step.found !== undefined || step.elsewhere !== undefined)
    return refuse(state, 'notAskedFor')
  if (event.record === null) return say(state, message('original.notFound'), { tone: 'refused' })
  return proveOrCorrect(state, step, event.record)
}

export function askForHold(state: TerminalState): Decision {
  const step: Step = { kind: 'enterAmount', transaction: 'preAuth', original: null, typed: '' }
  return goTo(state, step, { tone: 'key' })
}

/** A balance needs no amount: the card is asked for at once. */
export function askForBalance(state: TerminalState): Decision {
  const operator = state.session?.operator
  if (operator === undefined) return refuse(state, 'unknownOperator')
  const numbered = takeOrder(state)
  const order: Order = { id: numbered.id, dueMinor: minor(0), operator, kind: 'balance' }
  return askForTender(numbered.state, { order, typed: '' })
}

export function onEnterKey(state: TerminalState, step: EnterStep, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  if (key !== 'confirm') {
    const typed = typeKey(step.typed, key)
    if (typed === null)
      return { ...stay({ ...state, tone: 'refused' }), refused: 'keyHasNoMeaningHere' }
    return stay({ ...state, step: { ...step, typed }, message: null, tone: 'key' })
  }
  const { original, transaction } = step
  const dueMinor = typedMinor(step.typed)
  if (dueMinor === null || dueMinor === 0)
    return say(state, message('amount.zero'), { tone: 'refused' })
  const max = state.setup.limits.maxAmountMinor
  if (dueMinor > max)
    return say(state, message('amount.tooLarge', { max: formatMinor(max) }), { tone: 'refused' })
  if (original !== null && step.exchange === true)
    return onExchangePrice(state, { ...step, original }, dueMinor)
  if (original !== null && step.correcting === true)
    return onRightAmount(state, { ...step, original }, dueMinor)
  if (original === null) return confirmChosen(state, { kind: transaction, dueMinor })
  const most = ceilingMinor(state, transaction, original)
  if (dueMinor > most) return say(state, tooMuch(transaction, most), { tone: 'refused' })
  const why = step.cause === undefined ? {} : { cause: step.cause }
  return confirmChosen(state, { kind: transaction, dueMinor, original, ...why })
}
