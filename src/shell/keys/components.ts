/** Key components as two people bring them on paper: read from typed hex, proved by check values, combined. Never as text. */

import { type Bytes, fixedBytes } from '#crypto/bytes.ts'
import { aesCheckValue, keyCheckValue, sm4CheckValue } from '#crypto/check-value.ts'

export type KeyKind = 'tdes' | 'sm4' | 'aes'

const LENGTHS: Readonly<Record<KeyKind, readonly number[]>> = {
  tdes: [8, 16],
  sm4: [16],
  aes: [16, 24, 32],
}
/** Whole blocks, so that whatever length a letter prints can be compared. */
const CHECK_BYTES: Readonly<Record<KeyKind, number>> = { tdes: 8, sm4: 16, aes: 16 }
/** Two bytes fit by chance once in 65,536 wrong components; letters print three at least (ANSI X9.24-1). */
const CHECK_DIGITS_LEAST = 6
const BLANKS = [0x20, 0x2d]

/** The bytes that hex digits stand for; blanks and dashes between them are skipped. Null for anything else. The caller zeroes them. */
export function componentFrom(typed: Uint8Array, kind: KeyKind): Bytes | null {
  const digits = typed.reduce((count, mark) => count + (BLANKS.includes(mark) ? 0 : 1), 0)
  if (!LENGTHS[kind].includes(digits / 2)) return null
  const bytes = fixedBytes(digits / 2)
  let at = 0
  for (const mark of typed) {
    if (BLANKS.includes(mark)) continue
    const value = digitOf(mark)
    if (value === null) {
      bytes.fill(0)
      return null
    }
    const byte = at >> 1
    bytes[byte] = ((bytes[byte] ?? 0) << 4) | value
    at += 1
  }
  return bytes
}

/** Exclusive or of components of one length; null when they are not. The caller zeroes it. */
export function combine(components: readonly Uint8Array[]): Bytes | null {
  const [first] = components
  if (first === undefined || components.some(({ length }) => length !== first.length)) return null
  const key = fixedBytes(first.length)
  for (const component of components)
    for (let at = 0; at < key.length; at++) key[at] = (key[at] ?? 0) ^ (component[at] ?? 0)
  return key
}

/** As hex, a whole block; the first digits of it are what letters print. */
export function checkValueOf(kind: KeyKind, key: Uint8Array): string {
  const length = CHECK_BYTES[kind]
  const values = { tdes: keyCheckValue, sm4: sm4CheckValue, aes: aesCheckValue }
  return Buffer.from(values[kind](key, length)).toString('hex').toUpperCase()
}

/** What is written down and told of a key: as many digits as letters print. */
export function shortCheckValue(kind: KeyKind, key: Uint8Array): string {
  return checkValueOf(kind, key).slice(0, kind === 'aes' ? 10 : CHECK_DIGITS_LEAST)
}

/** Whether a letter's check value, of whatever length, is that of this key. */
export function fitsCheckValue(kind: KeyKind, key: Uint8Array, typed: string): boolean {
  const wanted = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  const isLong = wanted.length >= CHECK_DIGITS_LEAST && wanted.length <= CHECK_BYTES[kind] * 2
  return isLong && /^[0-9A-F]+$/.test(wanted) && checkValueOf(kind, key).startsWith(wanted)
}

/** A key that protects nothing, as two equal components make it; null: none of those. Parity bits are ignored for triple DES. */
export function weaknessOf(kind: KeyKind, key: Uint8Array): 'zero' | 'halvesEqual' | null {
  const significant = kind === 'tdes' ? 0xfe : 0xff
  const of = (at: number): number => (key[at] ?? 0) & significant
  let isZero = true
  let isTwice = kind === 'tdes' && key.length === 16
  for (let at = 0; at < key.length; at++) {
    if (of(at) !== 0) isZero = false
    if (of(at) !== of((at + 8) % key.length)) isTwice = false
  }
  if (isZero) return 'zero'
  return isTwice ? 'halvesEqual' : null
}

function digitOf(mark: number): number | null {
  if (mark >= 0x30 && mark <= 0x39) return mark - 0x30
  const letter = mark | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : null
}
