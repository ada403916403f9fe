/** Typing a number that is no amount: a voucher, a date, somebody's number. */
import type { Key } from '../terminal/event.ts'

/** The entry of at most `most` digits after one key, or null when the key cannot be taken here. */
export function typeDigit(typed: string, key: Key, most: number): string | null {
  if (key === 'backspace') return typed === '' ? null : typed.slice(0, -1)
  if (key === 'clear') return typed === '' ? null : ''
  return /^[0-9]$/.test(key) && typed.length < most ? typed + key : null
}
