/** Length prefixes: a number in 1–6 digits or bytes in front of a variable field. */

import type { Reader, Writer } from './cursor.ts'
import type { PrefixEncoding } from './dialect/dialect-spec.ts'
import { BCD_DIGITS } from './quick/alphabet.ts'

const ASCII_ZERO = 0x30
const EBCDIC_ZERO = 0xf0

export type Prefix = {
  /** Bytes on the wire. */
  readonly size: number
  /** The largest number it can say. */
  readonly largest: number
  /** What a byte adds to the number in front of it, which it multiplies. */
  readonly radix: number
  /** By byte: the number that it spells, or -1. */
  readonly digits: Int16Array
  /** Writes a number that fits. */
  readonly write: (writer: Writer, value: number) => void
}

/** The number in the `size` bytes from `at`, or -1 when they are none. */
export function prefixValue(
  { digits, radix, size }: Prefix,
  bytes: Uint8Array,
  at: number,
): number {
  let value = 0
  let wrong = 0
  for (let index = at; index < at + size; index++) {
    const digit = digits[bytes[index] ?? 0] ?? -1
    wrong |= digit
    value = value * radix + digit
  }
  return wrong < 0 ? -1 : value
}

/** The number where the reader stands, or -1 with the fault noted. Moves on. */
export function readPrefix(prefix: Prefix, reader: Reader): number {
  const { size } = prefix
  if (!reader.has(size)) return -1
  const value = prefixValue(prefix, reader.bytes, reader.at)
  if (value < 0) reader.fail('prefix', reader.at, size, size)
  else reader.at += size
  return value
}

/** `width` counts digits for BCD, ASCII and EBCDIC, bytes (big-endian) for binary. */
export function lengthPrefix(encoding: PrefixEncoding, width: number): Prefix {
  if (encoding === 'binary') return binaryPrefix(width)
  return encoding === 'bcd'
    ? bcdPrefix(width)
    : digitPrefix(encoding === 'ebcdic' ? EBCDIC_ZERO : ASCII_ZERO, width)
}

/** By byte. */
const BINARY: Int16Array = Int16Array.from({ length: 256 }, (_, byte) => byte)
const BCD: Int16Array = BINARY.map((byte) =>
  BCD_DIGITS[byte] === 0 ? (byte >> 4) * 10 + (byte & 15) : -1,
)
const ASCII: Int16Array = digitsFrom(ASCII_ZERO)
const EBCDIC: Int16Array = digitsFrom(EBCDIC_ZERO)

function digitsFrom(zero: number): Int16Array {
  return BINARY.map((byte) => (byte >= zero && byte <= zero + 9 ? byte - zero : -1))
}

function binaryPrefix(size: number): Prefix {
  return {
    size,
    largest: 256 ** size - 1,
    radix: 256,
    digits: BINARY,
    write(writer, value) {
      for (let power = size - 1; power >= 0; power--) {
        writer.bytes[writer.at++] = Math.floor(value / 256 ** power) % 256
      }
    },
  }
}

function bcdPrefix(width: number): Prefix {
  const size = (width + 1) >> 1
  return {
    size,
    largest: 10 ** width - 1,
    radix: 100,
    digits: BCD,
    write(writer, value) {
      let rest = value
      for (let place = writer.at + size - 1; place >= writer.at; place--) {
        const pair = rest % 100
        writer.bytes[place] = (((pair / 10) | 0) << 4) | (pair % 10)
        rest = (rest / 100) | 0
      }
      writer.at += size
    },
  }
}

/** ASCII digits begin at 30, EBCDIC ones at F0. */
function digitPrefix(zero: number, size: number): Prefix {
  return {
    size,
    largest: 10 ** size - 1,
    radix: 10,
    digits: zero === ASCII_ZERO ? ASCII : EBCDIC,
    write(writer, value) {
      let rest = value
      for (let place = writer.at + size - 1; place >= writer.at; place--) {
        writer.bytes[place] = zero + (rest % 10)
        rest = (rest / 10) | 0
      }
      writer.at += size
    },
  }
}
