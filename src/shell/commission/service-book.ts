/** The journal of a terminal that is off, for technicians: who proved to be who, and what was done to keys and parameters. */

import { isLocked } from '#core/operator/account.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Role } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Journal } from '../journal/journal.ts'
import { fitsCredential } from '../operators/credential.ts'
import { createRunner } from '../runner/runner.ts'

type Serviced = Extract<EventBody, { type: 'serviced' }>

type SignedIn =
  | { readonly ok: true; readonly operator: string; readonly role: Role }
  /** A number that nobody has is `wrong` too. */
  | { readonly ok: false; readonly why: 'wrong' | 'locked' | 'notAllowed' }

export type ServiceBook = {
  readonly state: () => TerminalState
  /** Somebody has chosen a PIN: people can be asked who they are. */
  readonly hasPeople: () => boolean
  /** Each try is on disk before this returns and counts like one at the counter. Throws when the journal fails. */
  readonly signIn: (
    who: { readonly operator: string; readonly pin: string },
    roles: readonly Role[],
  ) => SignedIn
  /** On disk when it returns. Throws when the journal fails. */
  readonly write: (what: Serviced['what'], by: readonly string[], facts: Serviced['facts']) => void
}

/** The caller opened the journal, holds the lock of the folder and closes both. */
export function openServiceBook(journal: Journal, clock: Clock): ServiceBook {
  let failed: unknown = null
  const runner = createRunner({
    journal,
    clock,
    initial: journal.lastState() ?? initialState(),
    seal: () => {
      throw new Error('no reversal is armed while the terminal is off')
    },
    // Events of a terminal that is off have no effects.
    perform: () => undefined,
    publish: () => undefined,
    onJournalFailed: (cause) => {
      failed = cause
    },
  })
  const dispatch = (event: EventBody): void => {
    runner.dispatch(event)
    if (failed !== null) throw new Error('the journal cannot be written', { cause: failed })
  }
  const accountOf = (operator: string) =>
    runner.state().operators.find(({ number }) => number === operator)

  return {
    state: runner.state,
    hasPeople: () => runner.state().operators.some(({ credential }) => credential !== null),
    signIn: ({ operator, pin }, roles) => {
      // Whatever else was typed here by mistake, a key component even, is no number and goes nowhere.
      if (!OPERATOR_NUMBER.test(operator)) return { ok: false, why: 'wrong' }
      const account = accountOf(operator)
      // The same work for an unknown number, so that time does not tell which numbers exist.
      const correct = fitsCredential(pin, account?.credential ?? NOBODY) && account !== undefined
      dispatch({ type: 'technicianChecked', operator, correct })
      const after = accountOf(operator)
      if (after === undefined) return { ok: false, why: 'wrong' }
      if (isLocked(after, clock.wallMs())) return { ok: false, why: 'locked' }
      if (!correct) return { ok: false, why: 'wrong' }
      if (!roles.includes(after.role)) return { ok: false, why: 'notAllowed' }
      return { ok: true, operator, role: after.role }
    },
    write: (what, by, facts) => dispatch({ type: 'serviced', what, by, facts }),
  }
}

const OPERATOR_NUMBER = /^[0-9]{2}$/
const NOBODY = `${'00'.repeat(16)}:${'00'.repeat(32)}`
