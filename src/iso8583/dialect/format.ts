/** Reads the ISO 8583 notation of a field (`n..19`, `ans..999 LLL`, `b64`, `x+n8`), so that dialect files look like the standard. */

type FieldKind = 'digits' | 'track' | 'text' | 'binary' | 'amount'

export type FieldFormat = {
  readonly kind: FieldKind
  readonly variable: boolean
  /** Digits of n and z, bytes of text and binary, sign plus digits of x+n: exact, or the maximum when variable. */
  readonly length: number
  /** Positions of the length prefix: digits, or bytes when it is binary. 0 when fixed. */
  readonly prefixWidth: number
}

const PATTERN = /^(x\+n|n|z|b|a|s|an|as|ns|ans)(\.\.)?([0-9]{1,6})(?: (L{1,6}))?$/

/** ISO 8583 knows no longer field; beyond it a length is a mistake in a dialect file. */
export const MAX_FIELD_LENGTH = 999_999

/** Returns the parsed format, or null when the notation is not understood. */
export function parseFormat(notation: string): FieldFormat | null {
  const match = PATTERN.exec(notation)
  if (match === null) return null
  const [, letters = '', dots, digits = '', ls] = match
  const kind = KINDS[letters] ?? 'text'
  const variable = dots !== undefined
  const number = Number(digits)
  if (!variable && ls !== undefined) return null
  if (kind === 'binary' && !variable && number % 8 !== 0) return null
  if (kind === 'amount' && variable) return null
  const length =
    kind === 'binary' && !variable ? number / 8 : kind === 'amount' ? number + 1 : number
  if (length < 1) return null
  return { kind, variable, length, prefixWidth: variable ? (ls ?? digits).length : 0 }
}

const KINDS: Readonly<Record<string, FieldKind>> = {
  n: 'digits',
  z: 'track',
  b: 'binary',
  'x+n': 'amount',
}
