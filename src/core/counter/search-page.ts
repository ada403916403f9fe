/** Looking for a payment of any batch, and the question that stands before a copy of an old one is given out (ideas S4-17, S4-18). */

import { onCollectedFound } from '../correction/collected.ts'
import { onElsewhereKnown } from '../correction/elsewhere.ts'
import { fits, typeProof } from '../correction/prove-typed.ts'
import { onHoldFound } from '../correction/reopen-hold.ts'
import { message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { reprint } from '../receipt/decide.ts'
import { sixDigits } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, pageName, refuse, say, stay } from '../terminal/decision.ts'
import type { Key, TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { CHANNEL_OPTIONS, typeWish, WISH_OPTIONS, wishOf } from './record-wish.ts'
import type { RecordWish } from './wish.ts'

type Search = Extract<Step, { kind: 'searchRecords' }>
type Prove = Extract<Step, { kind: 'proveReprint' }>

export function askForSearch(state: TerminalState): Decision {
  return goTo(
    state,
    { kind: 'searchRecords', by: null, typed: '' },
    { message: message('search.by'), tone: 'key' },
  )
}

/** By what it may be looked for, or which channel; nothing where something is typed. */
export function searchOptions({
  by,
}: Search): readonly { readonly id: string; readonly key: string }[] {
  if (by === null) return WISH_OPTIONS
  return by === 'channel' ? CHANNEL_OPTIONS : []
}

export function onSearchOption(state: TerminalState, step: Search, option: string): Decision {
  if (option === 'back') return goHome(state)
  if (step.by === 'channel') {
    const channel = CHANNEL_OPTIONS.find(({ id }) => id === option)?.channel
    return channel === undefined
      ? refuse(state, 'optionNotOffered')
      : search(state, { by: 'channel', channel })
  }
  const chosen = WISH_OPTIONS.find(({ id }) => id === option)
  if (chosen === undefined || step.by !== null) return refuse(state, 'optionNotOffered')
  const next: Search = { ...step, by: chosen.by }
  return goTo(state, next, { message: message(`search.${chosen.by}`), tone: 'key' })
}

export function onSearchKey(state: TerminalState, step: Search, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  if (step.by === null || step.by === 'channel') {
    const option = searchOptions(step).find((one) => one.key === key)
    if (option === undefined) return refuse(state, 'keyHasNoMeaningHere')
    return onSearchOption(state, step, option.id)
  }
  if (key === 'confirm') {
    const wish = wishOf(step.by, step.typed, state.at)
    if (wish !== null) return search(state, wish)
    return say(state, message(`search.${step.by}`), { tone: 'refused' })
  }
  const typed = typeWish(step.by, step.typed, key)
  if (typed === null) return refuse(state, 'keyHasNoMeaningHere')
  return stay({ ...state, step: { ...step, typed }, tone: 'key' })
}

function search(state: TerminalState, wish: RecordWish): Decision {
  return stay({ ...state, tone: 'key' }, [{ do: 'searchRecords', page: pageName(state), wish }])
}

/** Newest last, as the list of the last ones. */
export function onRecordsFound(
  state: TerminalState,
  { records }: Extract<TerminalEvent, { type: 'recordsFound' }>,
): Decision {
  const { step } = state
  if (step.kind === 'findOriginal' && step.elsewhere !== undefined)
    return onElsewhereKnown(state, { ...step, elsewhere: step.elsewhere }, records)
  if (step.kind === 'whatWasWrong' || step.kind === 'enterAmount')
    return onCollectedFound(state, step, records)
  if (step.kind === 'confirmAmount') return onHoldFound(state, step, records)
  if (step.kind !== 'searchRecords') return refuse(state, 'notAskedFor')
  if (records.length === 0) return say(state, message('search.none'), { tone: 'refused' })
  const { by } = step
  const knows = by === 'amount' || by === 'last4' ? { proven: true as const } : {}
  return goTo(
    state,
    { kind: 'records', found: records, ...knows },
    { message: message('search.found', { count: String(records.length) }), tone: 'key' },
  )
}

/** A copy of a closed batch is for somebody who knows the payment: last four digits or amount, unless it was found by them or by its slip. */
export function askToReprint(
  state: TerminalState,
  step: Extract<Step, { kind: 'records' }>,
  record: TransactionRecord,
): Decision {
  if (record.slip === null) return say(state, message('original.noSlip'), { tone: 'refused' })
  const isOld = record.batch !== sixDigits(state.counters.batch)
  if (!isOld || step.proven === true) {
    const telling = message('slip.reprinting', { trace: record.stan })
    return andThen(say(state, telling, { tone: 'key' }), (next) => reprint(next, record))
  }
  return goTo(
    state,
    { kind: 'proveReprint', record, typed: '' },
    { message: message('reprint.prove', { trace: record.stan }), tone: 'key' },
  )
}

export function onProveKey(state: TerminalState, step: Prove, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  const { record, typed } = step
  if (key === 'confirm') {
    if (!fits(typed, record)) {
      const wrong: Prove = { ...step, typed: '' }
      return say({ ...state, step: wrong }, message('reprint.doesNotFit'), { tone: 'refused' })
    }
    const shown: Step = { kind: 'records', found: [record], proven: true }
    const telling = { message: message('slip.reprinting', { trace: record.stan }) }
    return andThen(goTo(state, shown, telling), (next) => reprint(next, record))
  }
  const longer = typeProof(typed, key)
  if (longer === null) return refuse(state, 'keyHasNoMeaningHere')
  return stay({ ...state, step: { ...step, typed: longer }, tone: 'key' })
}
