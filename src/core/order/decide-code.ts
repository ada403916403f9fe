/**
 * A payment code under the scanner. It is held for a moment before it is charged, because two phones may be in view: two different codes in
 * that time are both refused. A code that comes when the request has left cannot be undone by that; the cashier is told which one pays.
 */
import {
  asksForProof,
  lightsScanner,
  onPaymentCodeAsProof,
  onProofScanned,
} from '../correction/scanned-proof.ts'
import { message } from '../message.ts'
import {
  asksForBadge,
  isApproving,
  onBadgeScanned,
  onPaymentCodeAsBadge,
} from '../operator/badge.ts'
import { onPaymentCodeAsSticker, onStickerRead } from '../payee/decide.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'
import { authorize } from '../transaction/decide.ts'
import { ruleOf } from '../transaction/kinds.ts'
import type { CodeFacts } from '../transaction/tender.ts'
import {
  draftAttempt,
  forgetHeld,
  type Present,
  readAgain,
  startPresenting,
} from './decide-present.ts'
import { STOP_READING } from './stop-reading.ts'
import { isUnreadable } from './unreadable.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

export function onCodeAccepted(state: TerminalState, event: Of<'codeAccepted'>): Decision {
  if (event.typed === true) return onTypedCode(state, event.code, 'typed')
  return onCode(state, event.code, null)
}

export function onCodeDoubted(state: TerminalState, event: Of<'codeDoubted'>): Decision {
  if (event.typed === true) return onTypedCode(state, event.code, event.why)
  return onCode(state, event.code, event.why)
}

/** Nobody has read a typed code but who typed it: channel and last digits are always looked at before it is charged (idea S1-8). */
function onTypedCode(state: TerminalState, code: CodeFacts, doubt: string): Decision {
  const { step } = state
  const forget: Effect = { do: 'forgetTender', handle: code.handle }
  if (step.kind !== 'present') return { ...stay(state, [forget]), refused: 'notAskedFor' }
  return mayTypeCode(state, step.order)
    ? onCode(state, code, doubt)
    : say(state, message('code.NOT_TYPED_HERE'), { tone: 'refused', effects: [forget] })
}

/** True where the digits of a code may be keyed in for this order. */
export function mayTypeCode({ setup }: TerminalState, order: Order): boolean {
  const most = setup.codes?.typedMostMinor
  return most !== undefined && order.dueMinor <= most && ruleOf(kindOf(order)).takesCodes
}

/** `doubt`: what else it looks like; then the cashier is asked. */
function onCode(state: TerminalState, code: CodeFacts, doubt: string | null): Decision {
  const step = state.step
  const forget: Effect = { do: 'forgetTender', handle: code.handle }
  if (asksForProof(step)) return onPaymentCodeAsProof(state, code)
  if (step.kind === 'checkSticker') return onPaymentCodeAsSticker(state, code)
  if (asksForBadge(state)) return onPaymentCodeAsBadge(state, code)
  if (step.kind !== 'present') return onCodeTooLate(state, code)
  if (step.held !== undefined)
    return step.held.code.fingerprint === code.fingerprint
      ? stay(state, [forget])
      : refuseBoth(state, step, forget)
  const refused = refuseNotHere(state, step, code) ?? refuseReused(state, code)
  if (refused !== null) return refused
  const held = { code, doubt }
  const mergeMs = state.setup.codes?.mergeMs ?? 0
  return mergeMs === 0 ? useCode(state, step, held) : hold(state, step, { held, mergeMs })
}

type Held = NonNullable<Present['held']>

/** The scanner looks on, triggered anew; the card reader goes dark, because the code was first. */
function hold(
  state: TerminalState,
  step: Present,
  { held, mergeMs }: { readonly held: Held; readonly mergeMs: number },
): Decision {
  const waiting: Step = { ...step, held, reading: false }
  return stay({ ...state, step: waiting, message: null, tone: 'read' }, [
    { do: 'cancelCardRead' },
    { do: 'stopTimer', timer: 'present' },
    { do: 'disarmScanner' },
    { do: 'armScanner' },
    { do: 'startTimer', timer: 'codes', ms: mergeMs },
  ])
}

/** Two phones in view: neither is charged, and the customer shows one alone. */
function refuseBoth(state: TerminalState, step: Present, forget: Effect): Decision {
  const { held: _both, ...alone } = step
  const again = readAgain(state, { ...alone, reading: true }, 'code.TWO_CODES')
  const ms = state.setup.limits.presentTimeoutMs
  return {
    ...again,
    effects: [
      forget,
      ...forgetHeld(step),
      { do: 'stopTimer', timer: 'codes' },
      { do: 'startTimer', timer: 'present', ms },
      ...again.effects,
    ],
  }
}

/** The moment is over: the one code that came is charged; or the scanner has looked long enough after the request left. */
export function onCodesTimer(state: TerminalState): Decision {
  const { step } = state
  if (step.kind === 'present')
    return step.held === undefined
      ? refuse(state, 'timerNotRunning')
      : useCode(state, step, step.held)
  // By now another page may look for a slip or a staff card.
  return stay(state, lightsScanner(state) ? [] : [{ do: 'disarmScanner' }])
}

function useCode(state: TerminalState, step: Present, { code, doubt }: Held): Decision {
  const { order, typed } = step
  const why = doubt ?? largeAmount(state, order)
  if (why === null) return takeCode(state, step, code)
  const asking: Step = { kind: 'confirmCode', order, typed, code, why }
  return goTo(state, asking, {
    message: message(`confirmCode.${why}`),
    tone: 'read',
    effects: STOP_READING,
  })
}

/** Where much would go, channel and last four digits are looked at before anything leaves (idea S1-5). */
function largeAmount({ setup }: TerminalState, { dueMinor }: Order): 'largeAmount' | null {
  const above = setup.codes?.confirmAboveMinor
  return above !== undefined && dueMinor > above ? 'largeAmount' : null
}

/** The request with the first code has left: nothing of that is changed by another phone, and it is said. */
function onCodeTooLate(state: TerminalState, code: CodeFacts): Decision {
  const { step } = state
  const forget: Effect = { do: 'forgetTender', handle: code.handle }
  const paying = step.kind === 'authorizing' ? step.attempt.tender : null
  if (paying?.kind !== 'code' || paying.code.fingerprint === code.fingerprint)
    return { ...stay(state, [forget]), refused: 'notAskedFor' }
  const params = { last4: paying.code.masked.slice(-4) }
  return say(state, message('code.SECOND_PHONE', params), {
    tone: 'refused',
    effects: [forget, { do: 'disarmScanner' }, { do: 'stopTimer', timer: 'codes' }],
  })
}

export function onCodeRefused(state: TerminalState, event: Of<'codeRefused'>): Decision {
  const { step } = state
  // Typed digits are no slip and no staff card under the scanner: they prove nothing.
  if (event.typed === true && step.kind !== 'present') return refuse(state, 'notAskedFor')
  if (asksForProof(step)) return onProofScanned(state, step, event)
  if (step.kind === 'checkSticker') return onStickerRead(state, step, event)
  if (asksForBadge(state) && (step.kind === 'badge' || isApproving(step)))
    return onBadgeScanned(state, step, event)
  if (step.kind !== 'present') return refuse(state, 'notAskedFor')
  const { payee, why } = event
  // The shop's own sticker, held up in the place of the customer's phone.
  const named = payee === 'own' ? { ...event, why: 'OWN_PAYEE' } : event
  if (!isUnreadable(why) || event.typed === true)
    return refuseCode(state, { ...step, unreadable: 0 }, named)
  return unreadable(state, step, event)
}

/** The scanner gave half a code and no end of it. */
export function onHalfCode(state: TerminalState): Decision {
  const { step } = state
  return step.kind === 'present' && step.held === undefined
    ? unreadable(state, step, { why: 'TRUNCATED', digits: 0 })
    : stay(state)
}

/** So many in a row are no accident: the window, or another way to pay. */
function unreadable(
  state: TerminalState,
  step: Present,
  what: Pick<Of<'codeRefused'>, 'why' | 'digits'>,
): Decision {
  const count = (step.unreadable ?? 0) + 1
  const most = state.setup.codes?.unreadableTries ?? 0
  const counted: Present = { ...step, unreadable: count }
  return most > 0 && count >= most
    ? say({ ...state, step: counted }, message('code.CLEAN_WINDOW'), { tone: 'refused' })
    : refuseCode(state, counted, what)
}

function refuseCode(
  state: TerminalState,
  step: Present,
  { digits, why }: Pick<Of<'codeRefused'>, 'why' | 'digits'>,
): Decision {
  const telling = message(`code.${why}`, { length: String(digits) })
  return say({ ...state, step }, telling, { tone: 'refused' })
}

/** The cashier looked at the code: it is one, or it is not. */
export function settleDoubt(state: TerminalState, isPaymentCode: boolean): Decision {
  const step = state.step
  if (step.kind !== 'confirmCode') return refuse(state, 'notAskedFor')
  if (isPaymentCode) return takeCode(state, step, step.code)
  const presenting = startPresenting(state, step.order, step.typed)
  return {
    ...presenting,
    effects: [{ do: 'forgetTender', handle: step.code.handle }, ...presenting.effects],
  }
}

/** A payment code where none is asked for: money never goes back to whoever shows a phone. */
function refuseNotHere(state: TerminalState, step: Present, code: CodeFacts): Decision | null {
  if (ruleOf(kindOf(step.order)).takesCodes) return null
  const forget: Effect = { do: 'forgetTender', handle: code.handle }
  return say(state, message('code.NOT_ASKED_FOR'), { tone: 'refused', effects: [forget] })
}

function refuseReused(state: TerminalState, code: CodeFacts): Decision | null {
  if (!state.usedCodes.includes(code.fingerprint)) return null
  const forget: Effect = { do: 'forgetTender', handle: code.handle }
  return say(state, message('code.REUSED'), { tone: 'refused', effects: [forget] })
}

/** From the page that asks, the scanner looks on for a moment after the request has left. */
function takeCode(
  state: TerminalState,
  step: { readonly kind: 'present' | 'confirmCode'; readonly order: Order },
  code: CodeFacts,
): Decision {
  const drafted = draftAttempt(state, step, { kind: 'code', code })
  const ms = step.kind === 'present' ? (state.setup.codes?.secondPhoneMs ?? 0) : 0
  const stop: readonly Effect[] =
    ms === 0
      ? STOP_READING
      : [
          ...STOP_READING.filter((effect) => effect.do !== 'disarmScanner'),
          { do: 'startTimer', timer: 'codes', ms },
        ]
  return andThen(stay(drafted.state, stop), (next) => authorize(next, drafted.attempt))
}
