/**
 * Typing an amount in yuan, as people say it: `38.5` is 38.50. What cannot be meant cannot be typed: no leading zeros, no third
 * decimal, no second point. One style, never changed silently (a shop that mixes styles loses factors of a hundred).
 */
import { type MinorUnits, minorUnits } from '../money.ts'
import type { Key } from '../terminal/event.ts'

/** The entry after one key, or null when the key cannot be taken here. */
export function typeKey(typed: string, key: Key): string | null {
  if (key === 'backspace') return typed === '' ? null : typed.slice(0, -1)
  if (key === 'clear') return typed === '' ? null : ''
  if (key === '.') return typed.includes('.') ? null : `${typed === '' ? '0' : typed}.`
  if (key === '00') return append(append(typed, '0') ?? typed, '0')
  return append(typed, key)
}

/** An amount as somebody would type it: `3850` → `38.50`, `2000` → `20`. */
export function typedYuan(amountMinor: MinorUnits): string {
  const fen = String(amountMinor % 100).padStart(2, '0')
  return `${Math.floor(amountMinor / 100)}${fen === '00' ? '' : `.${fen}`}`
}

function append(typed: string, digit: string): string | null {
  if (typed === '' && digit === '0') return null
  const longer = typed === '0' ? digit : `${typed}${digit}`
  return typedMinor(longer) === null ? null : longer
}

/** What the entry means: `''` is 0. Null when it is no amount or does not fit DE 4. */
export function typedMinor(typed: string): MinorUnits | null {
  const match = /^(\d*)(?:\.(\d{0,2}))?$/.exec(typed)
  if (match === null) return null
  const [, yuan = '', fen = ''] = match
  return minorUnits(Number(`${yuan}${fen.padEnd(2, '0')}`))
}
