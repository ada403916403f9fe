/** From a physical keyboard to the terminal's keys; everything on the screens can be done without touching them. */
import { DIGIT_KEYS, type Key } from '#shell/api/view.ts'

/** After a page change nobody can have read the new question yet: keys are dropped for this long. */
export const PAGE_SETTLE_MS = 300

const NAMED: Readonly<Record<string, Key>> = {
  '.': '.',
  Decimal: '.',
  Enter: 'confirm',
  Escape: 'cancel',
  Backspace: 'backspace',
  Delete: 'clear',
  F1: 'menu',
  m: 'menu',
  M: 'menu',
}

/** The terminal key for a `KeyboardEvent.key`, or null. */
export function keyOf(name: string): Key | null {
  return DIGIT_KEYS.find((digit) => digit === name) ?? NAMED[name] ?? null
}

/** The key that changes the language, on every page. */
export function isLanguageKey(name: string): boolean {
  return name === 'F2' || name === 'l' || name === 'L'
}

/** The key that changes the size of the customer's print. */
export function isPrintKey(name: string): boolean {
  return name === 'F6' || name === '+'
}
