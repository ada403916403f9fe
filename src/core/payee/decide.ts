/** The page on which the sticker is scanned: our own code, a foreign one, or something that is no receive code at all. */
import { message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key, TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { CodeFacts } from '../transaction/tender.ts'
import { isStickerDue, mayClear, stickerOf } from './sticker.ts'

type CheckSticker = Extract<Step, { kind: 'checkSticker' }>

/** Menu or open list. The scanner is lit by the page itself (`watchProof`). */
export function askForSticker(state: TerminalState): Decision {
  if (state.setup.payee === undefined)
    return say(state, message('sticker.notConfigured'), { tone: 'refused' })
  if (state.devices.qrScanner.troubles.length > 0)
    return say(state, message('sticker.noScanner'), { tone: 'refused' })
  return goTo(
    state,
    { kind: 'checkSticker', found: 'nothing' },
    { message: message('sticker.ask'), tone: 'key' },
  )
}

/** Behind a sign-in: the first one of the day leads to the sticker, all others to the sale. */
export function stickerFirst(signedIn: Decision): Decision {
  const { state } = signedIn
  return state.step.kind === 'amount' && isStickerDue(state) ? askForSticker(state) : signedIn
}

/** Something was read that is no payment code. `payee`: as the shell compared it with the references of the configuration. */
export function onStickerRead(
  state: TerminalState,
  step: CheckSticker,
  { payee }: Extract<TerminalEvent, { type: 'codeRefused' }>,
): Decision {
  if (step.found === 'foreign') return refuse(state, 'notAskedFor')
  const known = stickerOf(state)
  if (payee === 'own') {
    const telling = known.wrongSince === 0 ? 'sticker.right' : 'sticker.rightButStanding'
    const sticker = { ...known, checkedAt: state.at }
    return goHome({ ...state, sticker }, message(telling))
  }
  if (payee !== 'foreign') return say(state, message('sticker.unreadable'), { tone: 'refused' })
  const wrongSince = known.wrongSince === 0 ? state.at : known.wrongSince
  return goTo(
    { ...state, sticker: { ...known, wrongSince } },
    { kind: 'checkSticker', found: 'foreign' },
    { message: message('sticker.foreign'), tone: 'fail' },
  )
}

/** A customer's phone where the sticker is asked for: named, never charged, forgotten. */
export function onPaymentCodeAsSticker(state: TerminalState, code: CodeFacts): Decision {
  return say(state, message('sticker.paymentCode'), {
    tone: 'refused',
    effects: [{ do: 'forgetTender', handle: code.handle }],
  })
}

/** Cancel puts the look off; the alarm is left only by saying that it was understood. */
export function onStickerKey(state: TerminalState, step: CheckSticker, key: Key): Decision {
  if (step.found === 'foreign')
    return key === 'confirm'
      ? goHome(state, message('sticker.standing'))
      : refuse(state, 'keyHasNoMeaningHere')
  return key === 'cancel'
    ? goHome(state, message('sticker.putOff'))
    : refuse(state, 'keyHasNoMeaningHere')
}

/** Open list: the foreign code was taken away. */
export function clearSticker(state: TerminalState): Decision {
  const { session } = state
  const sticker = stickerOf(state)
  if (sticker.wrongSince === 0) return refuse(state, 'nothingOwed')
  if (session === null || !mayClear(session.role))
    return say(state, message('sticker.supervisorClears'), { tone: 'refused' })
  return goHome(
    { ...state, sticker: { ...sticker, wrongSince: 0 } },
    message('sticker.cleared', { operator: session.operator }),
  )
}
