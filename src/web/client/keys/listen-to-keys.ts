/** The one place that hears the keyboard. The browser itself hears none of it: no shortcut, no focus, no click by the space bar. */
import type { Key } from '#shell/api/view.ts'
import { isLanguageKey, keyOf } from './keys.ts'
import { typingPace } from './typing-pace.ts'

export type Keyboard = {
  readonly press: (key: Key) => void
  readonly move: (step: 1 | -1) => void
  /** The other language. */
  readonly swap: () => void
  /** Help on the page that is shown. */
  readonly help: () => void
  /** The last slip again. */
  readonly reprint: () => void
  /** Something types that is no person; called for each of its keys, which do nothing. */
  readonly machine: () => void
}

/** Going down before the key that they change; alone they mean nothing. */
const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Alt', 'Meta', 'Shift'])

const HELP_KEY = 'F3'
const REPRINT_KEYS: ReadonlySet<string> = new Set(['F4', 'p', 'P'])

/** Once per key going down, never for a held key and never together with Ctrl, Alt or the system key. */
export function listenToKeys(keyboard: Keyboard): void {
  const isMachine = typingPace()
  addEventListener('keydown', (event) => {
    event.preventDefault()
    if (event.repeat || MODIFIERS.has(event.key)) return
    if (isMachine(event.timeStamp)) {
      keyboard.machine()
      return
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const key = keyOf(event.key)
    if (key !== null) keyboard.press(key)
    else if (event.key === 'ArrowDown') keyboard.move(1)
    else if (event.key === 'ArrowUp') keyboard.move(-1)
    else if (isLanguageKey(event.key)) keyboard.swap()
    else if (event.key === HELP_KEY) keyboard.help()
    else if (REPRINT_KEYS.has(event.key)) keyboard.reprint()
  })
  // A button that was touched must not keep the focus: a later key would press it again.
  addEventListener('mousedown', (event) => event.preventDefault())
}
