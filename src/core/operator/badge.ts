/**
 * A staff card: a bar code that belongs to one person. Under the scanner it names who is about to allow something, and their PIN proves it (idea
 * S2-19). Only a keyed hash of what was read is kept, and a card alone allows nothing.
 */
import { typeDigit } from '../guard/type-digit.ts'
import { type Message, message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key, TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { CodeFacts } from '../transaction/tender.ts'

type Enrol = Extract<Step, { kind: 'badge' }>
type Approving = Extract<Step, { kind: 'approve' | 'approveBatch' }>
type Scanned = Extract<TerminalEvent, { type: 'codeRefused' }>

const NUMBER_DIGITS = 2

/** The scanner is lit for a card on this page. */
export function asksForBadge({ setup, step }: TerminalState): boolean {
  if (setup.badge === undefined) return false
  return isApproving(step) || (step.kind === 'badge' && step.operator !== null)
}

export function isApproving(step: Step): step is Approving {
  return step.kind === 'approve' || step.kind === 'approveBatch'
}

/** From the menu; whose card it is comes first. Cards are given out by those who answer for the shop. */
export function askForBadge(state: TerminalState): Decision {
  if (state.session === null || state.session.role === 'cashier')
    return say(state, message('badge.notAllowed'), { tone: 'refused' })
  const step: Enrol = { kind: 'badge', operator: null, typed: '' }
  return goTo(state, step, { message: message('badge.whose'), tone: 'key' })
}

export function onBadgeKey(state: TerminalState, step: Enrol, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  if (step.operator !== null)
    return key === 'clear'
      ? giveBadge(state, step.operator, null)
      : refuse(state, 'keyHasNoMeaningHere')
  if (key === 'confirm') {
    const operator = state.operators.find(({ number }) => number === step.typed)?.number
    if (operator === undefined)
      return say(state, message('badge.noSuchPerson'), { tone: 'refused' })
    const next: Enrol = { ...step, operator }
    return goTo(state, next, { message: message('badge.hold', { operator }), tone: 'key' })
  }
  const typed = typeDigit(step.typed, key, NUMBER_DIGITS)
  if (typed === null) return refuse(state, 'keyHasNoMeaningHere')
  return stay({ ...state, step: { ...step, typed }, tone: 'key' })
}

/** What was read as a staff card; slips and receive codes are none, because others hold them too. */
export function onBadgeScanned(
  state: TerminalState,
  step: Enrol | Approving,
  event: Scanned,
): Decision {
  const { fingerprint, payee, record } = event
  const isCard = fingerprint !== undefined && record === undefined && payee === undefined
  const known = isCard ? state.operators.find(({ badge }) => badge === fingerprint) : undefined
  if (step.kind !== 'badge')
    return known === undefined
      ? say(state, message('badge.unknown'), { tone: 'refused' })
      : goTo(
          state,
          { ...step, badge: known.number },
          { message: message('badge.pin', { operator: known.number }), tone: 'read' },
        )
  if (step.operator === null) return refuse(state, 'notAskedFor')
  if (!isCard) return say(state, message('badge.noCard'), { tone: 'refused' })
  if (known !== undefined && known.number !== step.operator)
    return say(state, message('badge.taken', { operator: known.number }), { tone: 'refused' })
  return giveBadge(state, step.operator, fingerprint)
}

/** Null takes the card away from them. */
function giveBadge(state: TerminalState, operator: string, badge: string | null): Decision {
  const operators = state.operators.map((one) => {
    if (one.number !== operator) return one
    const { badge: _before, ...account } = one
    return badge === null ? account : { ...account, badge }
  })
  const telling = message(badge === null ? 'badge.removed' : 'badge.given', { operator })
  return goHome({ ...state, operators }, telling)
}

/** A customer's phone where a staff card is asked for: named, never charged, forgotten. */
export function onPaymentCodeAsBadge(state: TerminalState, code: CodeFacts): Decision {
  return say(state, message('badge.noCard'), {
    tone: 'refused',
    effects: [{ do: 'forgetTender', handle: code.handle }],
  })
}

/** Why this person may not allow it yet; null: as far as cards go they may. No PIN is tried before. */
export function badgeObjection(
  { setup }: TerminalState,
  { badge }: Approving,
  operator: string,
): Message | null {
  if (badge !== undefined && badge !== operator)
    return message('badge.otherPerson', { operator: badge })
  return setup.badge === 'required' && badge === undefined ? message('badge.needed') : null
}
