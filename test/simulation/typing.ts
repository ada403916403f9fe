/** What people type, as keys: an amount as they say it, and digits off a slip. */
import type { Key } from '#core/terminal/event.ts'

const DIGITS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** 3850 → 3 8 . 5 0; whole yuan without a point. */
export function keysOf(amountMinor: number): readonly Key[] {
  const fen = String(amountMinor % 100).padStart(2, '0')
  const text = `${Math.floor(amountMinor / 100)}${fen === '00' ? '' : `.${fen}`}`
  return digitsOf(text)
}

export function digitsOf(text: string): readonly Key[] {
  const keys: Key[] = []
  for (const letter of text) keys.push(DIGITS[Number(letter)] ?? '.')
  return keys
}

/** 38.5 → 3850; an empty or unreadable entry is no amount. */
export function fenOf(typed: string): number {
  return typed === '' ? Number.NaN : Math.round(Number(typed) * 100)
}
