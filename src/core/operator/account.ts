/** People who may use the terminal. Secrets are checked outside; here is only who they are and whether they may try. */
import type { Role } from '../terminal/setup.ts'

export type OperatorAccount = {
  readonly number: string
  readonly role: Role
  /** Salted hash as the shell wrote it, or null until the operator has chosen a PIN. Never a PIN. */
  readonly credential: string | null
  /** Keyed hash of their staff card; absent: they have none. */
  readonly badge?: string
  readonly wrongTries: number
  /** Wall time in milliseconds, 0 = not locked. */
  readonly lockedUntil: number
}

/** PCI DSS 8.3.4 allows ten tries and asks for thirty minutes; five is kinder to a guessed four-digit PIN. */
export const WRONG_TRIES_LIMIT = 5
const LOCK_MS = 30 * 60_000

/** No lock is longer than one: a clock that was put right ends what it had begun in the future. */
export function isLocked({ lockedUntil }: OperatorAccount, at: number): boolean {
  return lockedUntil > at && lockedUntil <= at + LOCK_MS
}

/** The account after one check of a secret at wall time `at`; a locked account stays as it is, right or wrong. */
export function afterCheck(
  account: OperatorAccount,
  correct: boolean,
  at: number,
): OperatorAccount {
  if (isLocked(account, at)) return account
  if (correct) return { ...account, wrongTries: 0, lockedUntil: 0 }
  const wrongTries = account.wrongTries + 1
  return wrongTries >= WRONG_TRIES_LIMIT
    ? { ...account, wrongTries: 0, lockedUntil: at + LOCK_MS }
    : { ...account, wrongTries }
}
