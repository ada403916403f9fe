/** Who works at the terminals of these tests; PINs of tests alone. */
import type { Role } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { makeCredential } from '#shell/operators/credential.ts'

export const ADMINISTRATOR = { number: '99', pin: '730264' }
export const SUPERVISOR = { number: '00', pin: '915038' }
export const CASHIER = { number: '01', pin: '270415' }

/** With these PINs. */
export function people(): TerminalState['operators'] {
  const account = ({ number, pin }: { number: string; pin: string }, role: Role) => ({
    number,
    role,
    credential: makeCredential(pin, (length) => new Uint8Array(length).fill(7)),
    wrongTries: 0,
    lockedUntil: 0,
  })
  return [
    account(ADMINISTRATOR, 'administrator'),
    account(SUPERVISOR, 'supervisor'),
    account(CASHIER, 'cashier'),
  ]
}
