/**
 * The digits of a payment code that no scanner reads stay on the screen until they are complete; the terminal gets them in one action, and they
 * are forgotten with it.
 */
import { CODE_MAX_DIGITS, type Key } from '#shell/api/view.ts'

export type CodePressed = {
  /** As far as it is typed; null: nobody types one any more. */
  readonly code: string | null
  /** What is complete now, or null. */
  readonly done: string | null
  /** The key meant nothing here. */
  readonly refused: boolean
}

/** Null: the key is for the page, because nobody types a code. The first digit begins one. */
export function pressCode(code: string | null, key: Key): CodePressed | null {
  const isDigit = /^[0-9]$/.test(key)
  if (code === null) return isDigit ? keep(key) : null
  if (isDigit) return code.length < CODE_MAX_DIGITS ? keep(code + key) : refuse(code)
  if (key === 'backspace') return code === '' ? refuse(code) : keep(code.slice(0, -1))
  if (key === 'clear') return keep('')
  if (key === 'cancel') return keep(null)
  return key === 'confirm' && code !== ''
    ? { code: null, done: code, refused: false }
    : refuse(code)
}

function keep(code: string | null): CodePressed {
  return { code, done: null, refused: false }
}

function refuse(code: string): CodePressed {
  return { code, done: null, refused: true }
}
