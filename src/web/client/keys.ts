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

/** Calls `press` once per key going down, never for a held key, and keeps the browser from acting on it too. */
export function listenToKeys(press: (key: Key) => void, move: (step: 1 | -1) => void): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const key = keyOf(event.key)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (key === null && step === null) return
    event.preventDefault()
    if (event.repeat) return
    if (key !== null) press(key)
    else if (step !== null) move(step)
  })
}
