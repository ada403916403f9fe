/** Hex digits and what they stand for: the alphabet of BCD, of binary values and of track data. All tables are built once and never changed. */

const ZERO = 0x30
const LETTER_A = 0x41

/** By ASCII code. */
const NIBBLES: Int8Array = Int8Array.from({ length: 128 }, (_, code) => {
  if (code >= ZERO && code <= ZERO + 9) return code - ZERO
  return code >= LETTER_A && code <= LETTER_A + 5 ? code - LETTER_A + 10 : -1
})

/** Value of a hex digit 0–9 A–F, or -1. Lower case is no digit here: one value, one spelling. */
export function nibbleOf(code: number): number {
  return (code & ~127) === 0 ? (NIBBLES[code] ?? -1) : -1
}

/** ASCII code of the hex digit `nibble`. */
export function hexCode(nibble: number): number {
  return nibble < 10 ? ZERO + nibble : LETTER_A + nibble - 10
}

/** Twice per byte: the ASCII codes of its two hex digits. */
export const CODES: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 512 }, (_, index) => {
  const byte = index >> 1
  return hexCode((index & 1) === 0 ? byte >> 4 : byte & 15)
})

/** The same two codes in one number, as this machine orders bytes. */
export const CODE_PAIRS: Uint16Array = new Uint16Array(CODES.buffer)

/** `00` … `FF`. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  String.fromCharCode(CODES[byte * 2] ?? 0, CODES[byte * 2 + 1] ?? 0),
)

/** Two upper-case hex digits of a byte. */
export function hexPair(byte: number): string {
  return PAIRS[byte] ?? '00'
}

/** `0000` … `9999`: numbers are what most of a message is. */
const QUADS: readonly string[] = Array.from({ length: 10_000 }, (_, number) =>
  String(number).padStart(4, '0'),
)

/** By byte: the number that its two BCD digits spell; what is no BCD is never looked at. */
const PAIR_NUMBERS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  Math.min((byte >> 4) * 10 + (byte & 15), 99),
)

/** Two digits for each of `count` bytes of BCD. */
export function decimalText(bytes: Uint8Array, from: number, count: number): string {
  let text = ''
  let at = from
  for (const end = from + count - 1; at < end; at += 2) {
    text += QUADS[numberOf(bytes, at) * 100 + numberOf(bytes, at + 1)] ?? ''
  }
  return (count & 1) === 0 ? text : text + hexPair(bytes[at] ?? 0)
}

function numberOf(bytes: Uint8Array, at: number): number {
  return PAIR_NUMBERS[bytes[at] ?? 0] ?? 0
}

/** One upper-case hex digit. */
export function hexDigit(nibble: number): string {
  return String.fromCharCode(hexCode(nibble))
}
