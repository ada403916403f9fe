/** How grave each sentence of the log is. What is not named here is for information. */

export type Level = 'error' | 'warning' | 'info'

/** Least grave last. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'info']

/** The terminal does not sell, or money is not as it should be. */
const ERRORS: readonly string[] = [
  'journal failed',
  'journal still fails',
  'journal cannot be read',
  'journal did not close',
  'no room for the reserve',
  'slip cannot be drawn',
  'the sealed card of a reversal does not open',
  'upkeepFailed',
]

/** It goes on, and somebody should look. */
const WARNINGS: readonly string[] = [
  'a screen got no answer',
  'backupFailed',
  'certificates cannot be read',
  'journal of the drill failed',
  'keys',
  'no door for the doctor',
  'no journal for a drill',
  'snapshot refused',
  'standing trouble',
  'stray answer',
  'systemd cannot be told',
  'the request does not fit the dialect',
  'there is no key for the request',
  'there is no track key',
  'till refused',
  'watchdog not fed',
]

export function levelOf(what: string): Level {
  if (ERRORS.includes(what)) return 'error'
  return WARNINGS.includes(what) ? 'warning' : 'info'
}

/** All sentences that have a level of their own. */
export function gravelyNamed(): readonly string[] {
  return [...ERRORS, ...WARNINGS]
}
