/** The customer presents a card or a code; both are awaited at once and the first that comes counts. */
import { asksForPin, PIN_FOR } from '../guard/pin-rule.ts'
import { type Message, message } from '../message.ts'
import { sixDigits, takeRead, takeStan } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import { NO_AMOUNT_TYPED, type Step, type TerminalState } from '../terminal/state.ts'
import {
  type Attempt,
  isStripeOfChipCard,
  kindOf,
  needsChip,
  type Order,
} from '../transaction/attempt.ts'
import { authorize } from '../transaction/decide.ts'
import { ruleOf, type TransactionKind } from '../transaction/kinds.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { CodeChannel, CodeFacts, Tender } from '../transaction/tender.ts'

import { isCardOf } from './other-card.ts'
import { STOP_READING } from './stop-reading.ts'

export type Present = Extract<Step, { kind: 'present' }>
type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

const HOME: Step = { kind: 'amount', typed: NO_AMOUNT_TYPED }
const CODE_CHANNELS: readonly CodeChannel[] = ['wechat', 'alipay', 'unionpay', 'ecny']

export function startPresenting(
  state: TerminalState,
  order: Order,
  typed: string,
  telling: Message | null = null,
): Decision {
  const paidByCode = originalByCode(order)
  if (paidByCode !== null) return authorizeByReference(state, order, paidByCode)
  const { read, state: numbered } = takeRead(state)
  const ms = state.setup.limits.presentTimeoutMs
  const wait = { startedAt: state.at, deadlineAt: state.at + ms }
  return goTo(
    numbered,
    { kind: 'present', order, typed, read, reading: true, wait },
    {
      message: telling,
      tone: telling === null ? 'confirmed' : 'refused',
      effects: [readFor(order, read), ...armFor(order), { do: 'startTimer', timer: 'present', ms }],
    },
  )
}

/** What goes back by its reference: the customer presents nothing. Null of every other order. */
export function originalByCode({ original }: Order): TransactionRecord | null {
  return original === undefined || original.channel === 'card' ? null : original
}

function readFor(order: Order, read: number): Effect {
  const transactionType = ruleOf(kindOf(order)).emvType
  return { do: 'readCard', read, amountMinor: order.dueMinor, transactionType }
}

function armFor(order: Order): readonly Effect[] {
  return ruleOf(kindOf(order)).takesCodes ? [{ do: 'armScanner' }] : []
}

/** What was paid by code goes back by its reference: no phone that is held up now decides where the money goes. */
function authorizeByReference(
  state: TerminalState,
  order: Order,
  original: TransactionRecord,
): Decision {
  const channel = CODE_CHANNELS.find((one) => one === original.channel)
  if (channel === undefined) return say(state, message('original.notVoidable'), { tone: 'refused' })
  const code: CodeFacts = {
    handle: '',
    channel,
    masked: original.slip?.account ?? original.last4,
    fingerprint: original.fingerprint,
  }
  const drafted = draftAttempt(state, { order }, { kind: 'code', code })
  return authorize(drafted.state, drafted.attempt)
}

/** Gives the amount back to be seen again; nothing was sent. */
export function stopPresenting(state: TerminalState, why: string): Decision {
  const step = state.step
  if (step.kind !== 'present') return refuse(state, 'notAskedFor')
  const effects = [...STOP_READING, ...forgetHeld(step)]
  if (why === 'present.cancelled' || kindOf(step.order) === 'balance')
    return goTo(state, HOME, { message: message(why), tone: 'refused', effects })
  const back: Step = { kind: 'confirmAmount', order: step.order, typed: step.typed }
  return goTo(state, back, { message: message(why), tone: 'refused', effects })
}

export function onCardPresented(state: TerminalState, event: Of<'cardPresented'>): Decision {
  const step = state.step
  const forget: Effect = { do: 'forgetTender', handle: event.card.handle }
  // A code that was read first is about to be charged.
  if (step.kind !== 'present' || step.read !== event.read || step.held !== undefined)
    return { ...stay(state, [forget]), refused: 'notAskedFor' }
  if (state.setup.chipFallback === false && isStripeOfChipCard(event.card)) {
    const again = readAgain(state, step, 'card.chipOnly')
    return { ...again, effects: [forget, ...again.effects] }
  }
  if (event.card.listed === true && PAYS.includes(kindOf(step.order))) {
    const again = readAgain(state, step, 'card.listed')
    return { ...again, effects: [forget, ...again.effects] }
  }
  if (!isCardOf(step.order, event.card)) {
    const { fingerprint, masked } = event.card
    const seen = { ...step, other: { fingerprint, last4: masked.slice(-4) } }
    const again = readAgain(state, seen, 'card.notOriginal')
    return { ...again, effects: [forget, ...again.effects] }
  }
  const tender: Tender = { kind: 'card', card: event.card }
  const drafted = draftAttempt(state, step, tender)
  const stop: Effect[] = [
    { do: 'disarmScanner' },
    { do: 'stopTimer', timer: 'present' },
    ...letGoOfChip(drafted.attempt),
  ]
  const asks =
    (state.setup.pinFor ?? PIN_FOR).includes(kindOf(step.order)) &&
    asksForPin(event.card, step.order.dueMinor, state.setup)
  if (!asks) {
    return andThen(stay(drafted.state, stop), (next) => authorize(next, drafted.attempt))
  }
  const { attempt } = drafted
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.limits.pinTimeoutMs }
  const ask: Effect = {
    do: 'requestPin',
    stan: attempt.stan,
    handle: event.card.handle,
    amountMinor: attempt.amountMinor,
  }
  const asking: Step = { kind: 'pin', order: step.order, typed: step.typed, attempt, wait }
  return goTo(drafted.state, asking, { tone: 'read', effects: [...stop, ask] })
}

/** What a card that the acquirer wants refused cannot do here; money that goes back, and a hold that ends, are for the host to judge. */
const PAYS: readonly TransactionKind[] = ['sale', 'preAuth', 'balance']

/** A chip that was only asked for its number is told that nothing comes of it, so that it may be taken out. */
function letGoOfChip(attempt: Attempt): readonly Effect[] {
  const { tender, stan } = attempt
  const waits = tender.kind === 'card' && tender.card.interface === 'chip' && !needsChip(attempt)
  return waits ? [{ do: 'completeCard', stan, reply: null }] : []
}

/** A read that ended without a card. What the customer can do otherwise goes on: the scanner stays armed. */
export function onCardReadEnded(state: TerminalState, event: Of<'cardReadEnded'>): Decision {
  const step = state.step
  if (step.kind !== 'present' || step.read !== event.read || step.held !== undefined)
    return refuse(state, 'notAskedFor')
  switch (event.why) {
    case 'insertInstead':
      return readAgain(state, step, 'card.insertInstead')
    case 'unreadable':
      return readAgain(state, step, 'card.unreadable')
    case 'severalCards':
      return readAgain(state, step, 'card.several')
    case 'cardDeclined':
      return readAgain(state, step, 'card.declinedOffline')
    case 'notAccepted':
      return readAgain(state, step, 'card.notAccepted')
    case 'deviceFailed':
      return say({ ...state, step: { ...step, reading: false } }, message('card.readerGone'), {
        tone: 'refused',
      })
    case 'timedOut':
    case 'cancelled':
      return stay({ ...state, step: { ...step, reading: false } })
  }
}

/** Lights the reader once more. */
export function readAgain(state: TerminalState, step: Present, why: string): Decision {
  const { read, state: numbered } = takeRead(state)
  const next = { ...numbered, step: { ...step, read } }
  const again = readFor(step.order, read)
  return say(next, message(why), { tone: 'refused', effects: [again] })
}

/** The reader is back while the customer waits: it is lit again, unless its reading went on all the time. */
export function onReaderBack(state: TerminalState): Decision {
  const step = state.step
  if (step.kind !== 'present' || step.reading || step.held !== undefined) return stay(state)
  const { read, state: numbered } = takeRead(state)
  return stay({ ...numbered, step: { ...step, read, reading: true }, message: null }, [
    readFor(step.order, read),
  ])
}

/** The scanner is back while the customer waits. A card that is being read meanwhile is left alone. */
export function onScannerBack(state: TerminalState): Decision {
  return state.step.kind === 'present' ? stay(state, armFor(state.step.order)) : stay(state)
}

/** A code that waits for its turn is not kept longer than the page. */
export function forgetHeld({ held }: Present): readonly Effect[] {
  return held === undefined ? [] : [{ do: 'forgetTender', handle: held.code.handle }]
}

export function draftAttempt(
  state: TerminalState,
  step: { order: Order },
  tender: Tender,
): { attempt: Attempt; state: TerminalState } {
  const { stan, state: numbered } = takeStan(state)
  const attempt: Attempt = {
    order: step.order,
    tender,
    amountMinor: step.order.dueMinor,
    stan,
    batch: sixDigits(state.counters.batch),
    withPin: false,
    sentAt: state.at,
  }
  return { attempt, state: numbered }
}
