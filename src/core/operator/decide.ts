/** Who stands at the counter: first PINs, signing in, lockout, signing out. */
import { type Message, message } from '../message.ts'
import { type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import { NO_AMOUNT_TYPED, type Step, type TerminalState } from '../terminal/state.ts'
import { afterCheck, isLocked, type OperatorAccount, WRONG_TRIES_LIMIT } from './account.ts'

type Checked = Extract<TerminalEvent, { type: 'operatorChecked' }>
type PinChosen = Extract<TerminalEvent, { type: 'operatorPinChosen' }>

/** The first page people see: whoever has no PIN yet chooses one, then somebody signs in. */
export function askForPeople(state: TerminalState, telling: TerminalState['message']): Decision {
  const newcomer = state.operators.find((account) => account.credential === null)
  const step: Step =
    newcomer === undefined ? { kind: 'signIn' } : { kind: 'setPin', operator: newcomer.number }
  return goTo({ ...state, session: null }, step, { message: telling })
}

export function onPinChosen(state: TerminalState, event: PinChosen): Decision {
  const step = state.step
  if (step.kind !== 'setPin' || step.operator !== event.operator)
    return refuse(state, 'notAskedFor')
  const operators = state.operators.map((account) =>
    account.number === event.operator ? { ...account, credential: event.credential } : account,
  )
  return askForPeople({ ...state, operators }, null)
}

export function onPinRefused(state: TerminalState): Decision {
  if (state.step.kind !== 'setPin') return refuse(state, 'notAskedFor')
  return say(state, message('setPin.tooSimple'), { tone: 'refused' })
}

export function onChecked(state: TerminalState, event: Checked): Decision {
  if (state.step.kind !== 'signIn') return refuse(state, 'notAskedFor')
  const checked = checkAccount(state, event)
  if (checked.account === null) return say(checked.state, checked.telling, { tone: 'refused' })
  const session = { operator: checked.account.number, role: checked.account.role }
  return goTo(
    { ...checked.state, session },
    { kind: 'amount', typed: NO_AMOUNT_TYPED },
    { tone: 'confirmed' },
  )
}

type CheckedAccount = { readonly state: TerminalState } & (
  | { readonly account: OperatorAccount }
  | { readonly account: null; readonly telling: Message }
)

/** Counts the try; the account when number and PIN fit and it is not locked, and what to say otherwise. */
export function checkAccount(state: TerminalState, event: Checked): CheckedAccount {
  const account = state.operators.find((one) => one.number === event.operator)
  // An unknown number is told the same as a wrong PIN, so that numbers cannot be guessed.
  if (account === undefined)
    return { state, account: null, telling: wrongTries(WRONG_TRIES_LIMIT - 1) }
  const after = afterCheck(account, event.correct, event.at)
  const next = {
    ...state,
    operators: state.operators.map((one) => (one === account ? after : one)),
  }
  if (isLocked(after, event.at))
    return { state: next, account: null, telling: locked(after, event.at) }
  if (!event.correct) {
    const telling = wrongTries(WRONG_TRIES_LIMIT - after.wrongTries)
    return { state: next, account: null, telling }
  }
  return { state: next, account: after }
}

export function signOut(state: TerminalState): Decision {
  return askForPeople(state, null)
}

export function onLocale(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'localeChosen' }>,
): Decision {
  return stay({ ...state, locale: { ...state.locale, [event.screen]: event.locale } })
}

function wrongTries(left: number): ReturnType<typeof message> {
  return message('signIn.wrong', { tries: String(left) })
}

function locked(account: OperatorAccount, at: number): ReturnType<typeof message> {
  return message('signIn.locked', {
    minutes: String(Math.ceil((account.lockedUntil - at) / 60_000)),
  })
}
