/**
 * A typed voucher number may be that of the slip next to it, or no voucher number at all. Where the shop wants it, last four digits or amount off
 * the same slip must fit before anything is given back.
 */
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { message } from '../message.ts'
import { type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { correct } from './begin.ts'

type FindStep = Extract<Step, { kind: 'findOriginal' }>

/** Of a record that was found by its typed number. What does not move money back needs no proof. */
export function proveOrCorrect(
  state: TerminalState,
  { purpose }: FindStep,
  found: TransactionRecord,
): Decision {
  if (state.setup.refundGuard?.proveTyped !== true || purpose === 'completion')
    return correct(state, purpose, found)
  return goTo(
    state,
    { kind: 'findOriginal', purpose, typed: '', found },
    { message: message('original.prove', { trace: found.stan }), tone: 'key' },
  )
}

/** `found` is kept in the step; a slip that is scanned here instead needs nothing typed. */
export function onProofKey(
  state: TerminalState,
  step: FindStep & { readonly found: TransactionRecord },
  key: Key,
): Decision {
  if (key === 'confirm')
    return fits(step.typed, step.found)
      ? correct(state, step.purpose, step.found)
      : say({ ...state, step: { ...step, typed: '' } }, message('original.doesNotFit'), {
          tone: 'refused',
        })
  const typed = typeProof(step.typed, key)
  if (typed === null) return refuse(state, 'keyHasNoMeaningHere')
  return stay({ ...state, step: { ...step, typed }, tone: 'key' })
}

/** Last four digits or what was paid, as both stand on the slip. */
export function fits(typed: string, { last4, paidMinor }: TransactionRecord): boolean {
  return typed !== '' && (typed === last4 || typedMinor(typed) === paidMinor)
}

/** An amount, or four digits that may begin with noughts. */
export function typeProof(typed: string, key: Key): string | null {
  const isDigits = /^[0-9]{0,3}$/.test(typed) && /^[0-9]$/.test(key)
  return isDigits ? typed + key : typeKey(typed, key)
}
