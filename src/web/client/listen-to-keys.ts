/** The one place that hears the keyboard. */
import type { Key } from '#shell/api/view.ts'
import { keyOf } from './keys.ts'

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
