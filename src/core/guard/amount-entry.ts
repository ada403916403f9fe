/**
 * Typing an amount in yuan, as people say it: `38.5` is 38.50. What cannot be meant cannot be typed: no leading zeros, no third
 * decimal, no second point. One style, never changed silently (a shop that mixes styles loses factors of a hundred).
 */
import { AMOUNT_CEILING_MINOR, type MinorUnits, minorUnits } from '../money.ts'
import type { Key } from '../terminal/event.ts'

const DIGITS = '0123456789'

/** The entry after one key, or null when the key cannot be taken here. */
export function typeKey(typed: string, key: Key): string | null {
  if (key === 'confirm' || key === 'cancel' || key === 'menu') return null
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
  if (/\.\d\d$/.test(typed)) return null
  if (typed === '' && digit === '0') return null
  const longer = typed === '0' ? digit : `${typed}${digit}`
  return typedMinor(longer) === null ? null : longer
}

/** What the entry means: `''` is 0. Null when it is no amount or does not fit DE 4. */
export function typedMinor(typed: string): MinorUnits | null {
  let value = 0
  let decimals = -1
  for (const letter of typed) {
    const digit = DIGITS.indexOf(letter)
    if (letter === '.' ? decimals >= 0 : digit < 0 || decimals === 2) return null
    if (letter !== '.') value = value * 10 + digit
    if (letter === '.' || decimals >= 0) decimals += 1
  }
  const fen = value * 10 ** (2 - Math.max(0, decimals))
  return fen > AMOUNT_CEILING_MINOR ? null : minorUnits(fen)
}
