/**
 * How the characters of a value come onto the wire, as a table of all of them: writing looks every character up instead of asking what kind of
 * field it is in. It is to writing what `alphabet.ts` is to reading.
 */
import { nibbleOf } from '../characters/hex-digits.ts'

export type Ink = {
  /** By ASCII code: the byte that a character is written as, or the nibble when two of them share a byte; -1: none. */
  readonly codes: Int16Array
  readonly halves: boolean
  /** What shares its byte with the odd one of the nibbles, and on which side it stands. Null: their number must be even. */
  readonly filler: { readonly place: 'first' | 'last'; readonly nibble: number } | null
}

const CODES = 128

/** One byte for each character; `codeOf` gives -1 for those that the field does not take. */
export function characterInk(codeOf: (code: number) => number): Ink {
  return { codes: codesOf(codeOf), halves: false, filler: null }
}

/** Two characters in each byte. */
export function nibbleInk(codeOf: (code: number) => number, filler: Ink['filler']): Ink {
  return { codes: codesOf(codeOf), halves: true, filler }
}

function codesOf(codeOf: (code: number) => number): Int16Array {
  return Int16Array.from({ length: CODES }, (_, code) => codeOf(code))
}

/** Letters and figures as they are. */
export const PLAIN: Ink = characterInk((code) => code)
/** Hex digits, two to a byte. */
export const HEX: Ink = nibbleInk(nibbleOf, null)

/** What is written on, and where. */
type Sheet = { readonly bytes: Uint8Array; readonly at: number }

/** Writes a text; gives the place behind it, or -1 when the ink does not have one of its characters. */
export function writeText(
  { at, bytes }: Sheet,
  { codes, filler, halves }: Ink,
  text: string,
): number {
  let place = at
  let wrong = 0
  if (!halves) {
    for (let index = 0; index < text.length; index++) {
      const code = codes[text.charCodeAt(index)] ?? -1
      wrong |= code
      bytes[place++] = code
    }
    return wrong < 0 ? -1 : place
  }
  let index = 0
  const isOdd = (text.length & 1) === 1
  if (isOdd && filler === null) return -1
  if (isOdd && filler?.place === 'first') {
    const nibble = codes[text.charCodeAt(index++)] ?? -1
    wrong |= nibble
    bytes[place++] = (filler.nibble << 4) | nibble
  }
  for (; index + 1 < text.length; index += 2) {
    const first = codes[text.charCodeAt(index)] ?? -1
    const pair = (first << 4) | (codes[text.charCodeAt(index + 1)] ?? -1)
    wrong |= pair
    bytes[place++] = pair
  }
  if (isOdd && filler?.place === 'last') {
    const nibble = codes[text.charCodeAt(index)] ?? -1
    wrong |= nibble
    bytes[place++] = (nibble << 4) | filler.nibble
  }
  return wrong < 0 ? -1 : place
}

/** The same for the first `count` of `characters`, ASCII codes; with halves their number is even. */
export function writeCodes(
  { at, bytes }: Sheet,
  { codes, halves }: Ink,
  characters: Uint8Array,
  count: number,
): number {
  let place = at
  let wrong = 0
  if (!halves) {
    for (let index = 0; index < count; index++) {
      const code = codes[characters[index] ?? 0] ?? -1
      wrong |= code
      bytes[place++] = code
    }
  } else {
    for (let index = 0; index < count; index += 2) {
      const first = codes[characters[index] ?? 0] ?? -1
      const pair = (first << 4) | (codes[characters[index + 1] ?? 0] ?? -1)
      wrong |= pair
      bytes[place++] = pair
    }
  }
  return wrong < 0 ? -1 : place
}
