/**
 * Which bytes may stand in a field, as tables of all 256: reading looks every byte up instead of asking what kind of field it is in. A field
 * that says its alphabet this way is checked together with its neighbours.
 */
import { fromEbcdicDigit } from '../characters/ebcdic.ts'
import { nibbleOf } from '../characters/hex-digits.ts'

/** By byte: 0 allowed, 1 refused. Null: every byte is allowed. */
export type Alphabet = Uint8Array | null

function allow(isAllowed: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isAllowed(byte) ? 0 : 1))
}

const EQUALS = 0x3d

/** ASCII codes of track data: digits, the separator as `=` or D, and A–F when enciphered. */
function isTrackCode(code: number): boolean {
  return nibbleOf(code) >= 0 || code === EQUALS
}

function isDigitCode(code: number): boolean {
  const nibble = nibbleOf(code)
  return nibble >= 0 && nibble <= 9
}

/** Hosts print hex in either case; both mean the same, and packing writes upper case. */
function isHexCode(code: number): boolean {
  return nibbleOf(upperCase(code)) >= 0
}

/** Capital of an ASCII letter; of what is no hex digit it makes none. */
export function upperCase(code: number): number {
  return code >= 0x61 ? code - 0x20 : code
}

/** ASCII hex digit of an EBCDIC one of either case; a–f end at 0x86. Of anything else no hex digit. */
export function upperEbcdic(byte: number): number {
  return fromEbcdicDigit(byte <= 0x86 ? byte + 0x40 : byte)
}

function isFiller(nibble: number): boolean {
  return nibble === 0 || nibble === 15
}

function isDigit(nibble: number): boolean {
  return nibble <= 9
}

export const SEVEN_BITS: Uint8Array = allow((byte) => byte < 0x80)
export const ASCII_DIGITS: Uint8Array = allow(isDigitCode)
export const ASCII_TRACK: Uint8Array = allow(isTrackCode)
export const ASCII_HEX: Uint8Array = allow(isHexCode)
export const EBCDIC_DIGITS: Uint8Array = allow((byte) => isDigitCode(fromEbcdicDigit(byte)))
export const EBCDIC_TRACK: Uint8Array = allow((byte) => isTrackCode(fromEbcdicDigit(byte)))
export const EBCDIC_HEX: Uint8Array = allow((byte) => nibbleOf(upperEbcdic(byte)) >= 0)

/** Two BCD digits. */
export const BCD_DIGITS: Uint8Array = allow((byte) => isDigit(byte >> 4) && isDigit(byte & 15))
/** Of an odd number of digits, the byte with the filler. */
export const DIGIT_AND_FILLER: Uint8Array = allow(
  (byte) => isDigit(byte >> 4) && isFiller(byte & 15),
)
export const FILLER_AND_DIGIT: Uint8Array = allow(
  (byte) => isFiller(byte >> 4) && isDigit(byte & 15),
)
/** The same for track data, where every nibble is a character. */
export const NIBBLE_AND_FILLER: Uint8Array = allow((byte) => isFiller(byte & 15))
export const FILLER_AND_NIBBLE: Uint8Array = allow((byte) => isFiller(byte >> 4))

/** Place of the first refused byte from `from` to `end`, or -1. */
export function firstRefused(
  bytes: Uint8Array,
  alphabet: Alphabet,
  { from, end }: { readonly from: number; readonly end: number },
): number {
  if (alphabet === null) return -1
  for (let at = from; at < end; at++) if (alphabet[bytes[at] ?? 0] !== 0) return at
  return -1
}
