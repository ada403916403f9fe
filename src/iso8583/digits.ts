/** Digits and track data as BCD, ASCII or EBCDIC: the two kinds differ only in their alphabet. */

import { appendBcd, appendDigits } from './append.ts'
import { asciiText } from './ascii.ts'
import { type Content, codeAt, type FlatValue, type Reader, type Writer } from './cursor.ts'
import type { DigitEncoding } from './dialect-spec.ts'

export type DigitOptions = {
  readonly encoding: DigitEncoding
  /** Track data also holds the separator and, when enciphered, A–F. */
  readonly track: boolean
  readonly align: 'left' | 'right'
  readonly filler: '0' | 'F'
}

/** Content codec for `n` and `z`; one unit is one digit. */
export function digitContent(options: DigitOptions): Content {
  return options.encoding === 'bcd' ? bcdContent(options) : characterContent(options)
}

const ZERO = 0x30
const EQUALS = 0x3d
const LETTER_A = 0x41
const SEPARATOR_D = 13

/** By ASCII code; built once, never changed. */
const NIBBLES: Int8Array = Int8Array.from({ length: 128 }, (_, code) => {
  if (code >= ZERO && code <= ZERO + 9) return code - ZERO
  return code >= LETTER_A && code <= LETTER_A + 5 ? code - LETTER_A + 10 : -1
})

/** Value of a hex digit 0–9 A–F, or -1. Lower case is no digit here: one value, one spelling. */
export function nibbleOf(code: number): number {
  return (code & ~127) === 0 ? (NIBBLES[code] ?? -1) : -1
}

/** By two ASCII codes of seven bits: the byte they spell, or -1. Built once, never changed. */
const PAIR_BYTES: Int16Array = Int16Array.from({ length: 128 * 128 }, (_, codes) => {
  const high = NIBBLES[codes >> 7] ?? -1
  const low = NIBBLES[codes & 127] ?? -1
  return high < 0 || low < 0 ? -1 : (high << 4) | low
})

/** The byte that two characters spell in upper-case hex, or -1. */
export function pairByte(high: number, low: number): number {
  return ((high | low) & ~127) === 0 ? (PAIR_BYTES[(high << 7) | low] ?? -1) : -1
}

/** ASCII code of the hex digit `nibble`. */
export function hexCode(nibble: number): number {
  return nibble < 10 ? ZERO + nibble : LETTER_A + nibble - 10
}

/** `00` … `FF`; built once, never changed. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  String.fromCharCode(hexCode(byte >> 4), hexCode(byte & 15)),
)

/** Two upper-case hex digits of a byte. */
export function hexPair(byte: number): string {
  return PAIRS[byte] ?? '00'
}

function bcdContent({ track, align, filler }: DigitOptions): Content {
  const highest = track ? 15 : 9
  const padNibble = filler === 'F' ? 15 : 0
  const right = align === 'right'

  function fillerFits(reader: Reader, units: number): boolean {
    if ((units & 1) === 0) return true
    const at = right ? reader.at : reader.at + (units >> 1)
    const byte = reader.bytes[at] ?? 0
    const pad = right ? byte >> 4 : byte & 15
    if (pad === 0 || pad === 15) return true
    reader.fail('padding', at, 0, 1)
    return false
  }

  /** Nibble `index` of the digits, not of the wire: a filler in front is skipped. */
  function nibbleAt(reader: Reader, index: number, shift: number): number {
    const place = index + shift
    const byte = reader.bytes[reader.at + (place >> 1)] ?? 0
    return (place & 1) === 0 ? byte >> 4 : byte & 15
  }

  return {
    wireBytes: (units) => (units + 1) >> 1,
    unitsIn: (wireBytes) => wireBytes * 2,
    countedUnits(reader, wireBytes) {
      if (wireBytes === 0 || filler === '0') return wireBytes * 2
      const byte = reader.bytes[right ? reader.at : reader.at + wireBytes - 1] ?? 0
      return wireBytes * 2 - ((right ? byte >> 4 : byte & 15) === 15 ? 1 : 0)
    },
    measure: (value) => value.length,
    append: appendBcd(right, highest),
    decode(reader, units) {
      if (!fillerFits(reader, units)) return ''
      const shift = right ? units & 1 : 0
      const { bytes, at } = reader
      let text = shift === 1 ? digitText(reader, (bytes[at] ?? 0) & 15, at) : ''
      const whole = units >> 1
      for (let index = 0; index < whole; index++) {
        const byte = bytes[at + shift + index] ?? 0
        if (byte >> 4 > highest || (byte & 15) > highest) {
          reader.fail('alphabet', at + shift + index, 0, 1)
          return ''
        }
        text += PAIRS[byte] ?? ''
      }
      if (!right && (units & 1) === 1)
        text += digitText(reader, (bytes[at + whole] ?? 0) >> 4, at + whole)
      reader.at = at + ((units + 1) >> 1)
      return text
    },
    decodeBytes(reader, units) {
      const digits = new Uint8Array(units)
      if (!fillerFits(reader, units)) return digits
      const shift = right ? units & 1 : 0
      for (let index = 0; index < units; index++) {
        const nibble = nibbleAt(reader, index, shift)
        if (nibble > highest) reader.fail('alphabet', reader.at + ((index + shift) >> 1), 0, 1)
        digits[index] = hexCode(nibble)
      }
      reader.at += (units + 1) >> 1
      return digits
    },
    encode(writer, value, units) {
      if (typeof value === 'string' && (units & 1) === 0 && !track) {
        encodePairs(writer, value)
        return
      }
      const odd = units & 1
      const { bytes } = writer
      let pending = right && odd === 1 ? padNibble : -1
      for (let index = 0; index < units; index++) {
        const nibble = nibbleToWrite(codeAt(value, index), track)
        if (nibble < 0) {
          writer.fail('alphabet', 0, 1)
          return
        }
        if (pending < 0) pending = nibble
        else {
          bytes[writer.at++] = (pending << 4) | nibble
          pending = -1
        }
      }
      if (pending >= 0) bytes[writer.at++] = (pending << 4) | padNibble
    },
  }

  function digitText(reader: Reader, nibble: number, offset: number): string {
    if (nibble > highest) reader.fail('alphabet', offset, 0, 1)
    return String.fromCharCode(hexCode(nibble))
  }
}

/** An even number of digits: nothing to fill. */
function encodePairs(writer: Writer, value: string): void {
  const { bytes } = writer
  let { at } = writer
  let wrong = 0
  for (let index = 0; index < value.length; index += 2) {
    const byte = pairByte(value.charCodeAt(index), value.charCodeAt(index + 1))
    // A nibble above 9 carries into the next one when 6 is added.
    if ((((byte + 0x66) ^ byte) & 0x110) !== 0) wrong = -1
    wrong |= byte
    bytes[at++] = byte
  }
  if (wrong < 0) writer.fail('alphabet', 0, 1)
  else writer.at = at
}

function nibbleToWrite(code: number, track: boolean): number {
  if (track && code === EQUALS) return SEPARATOR_D
  const nibble = nibbleOf(code)
  return nibble > 9 && !track ? -1 : nibble
}

function characterContent({ encoding, track }: DigitOptions): Content {
  const toCode = encoding === 'ebcdic' ? fromEbcdicDigit : keep
  const toWire = encoding === 'ebcdic' ? toEbcdicDigit : keep

  function codeFrom(reader: Reader, index: number): number {
    const code = toCode(reader.bytes[reader.at + index] ?? 0)
    const good = nibbleOf(code) >= 0 && (track || code < LETTER_A)
    if (!good && !(track && code === EQUALS)) reader.fail('alphabet', reader.at + index, 0, 1)
    return code
  }

  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    measure: (value) => value.length,
    ...(encoding === 'ascii' && !track ? { append: appendDigits } : {}),
    decode(reader, units) {
      if (encoding === 'ascii') {
        for (let index = 0; index < units; index++) codeFrom(reader, index)
        reader.at += units
        return reader.fault === null ? asciiText(reader.bytes, reader.at - units, reader.at) : ''
      }
      let text = ''
      for (let index = 0; index < units; index++)
        text += String.fromCharCode(codeFrom(reader, index))
      reader.at += units
      return text
    },
    decodeBytes(reader, units) {
      const digits = new Uint8Array(units)
      for (let index = 0; index < units; index++) digits[index] = codeFrom(reader, index)
      reader.at += units
      return digits
    },
    encode(writer: Writer, value: FlatValue, units: number) {
      const { bytes, at } = writer
      let wrong = 0
      for (let index = 0; index < units; index++) {
        const code = codeAt(value, index)
        wrong |= nibbleToWrite(code, track)
        bytes[at + index] = toWire(code)
      }
      if (wrong < 0) writer.fail('alphabet', 0, 1)
      else writer.at = at + units
    },
  }
}

function keep(code: number): number {
  return code
}

const EBCDIC_ZERO = 0xf0
const EBCDIC_A = 0xc1
const EBCDIC_EQUALS = 0x7e

/** ASCII code of an EBCDIC digit, A–F or `=` (the same in every EBCDIC page); 0 for anything else. */
export function fromEbcdicDigit(byte: number): number {
  if (byte >= EBCDIC_ZERO && byte <= EBCDIC_ZERO + 9) return byte - EBCDIC_ZERO + ZERO
  if (byte >= EBCDIC_A && byte <= EBCDIC_A + 5) return byte - EBCDIC_A + LETTER_A
  return byte === EBCDIC_EQUALS ? EQUALS : 0
}

/** The way back; only for codes that `fromEbcdicDigit` can give. */
export function toEbcdicDigit(code: number): number {
  if (code === EQUALS) return EBCDIC_EQUALS
  return code >= LETTER_A ? code - LETTER_A + EBCDIC_A : code - ZERO + EBCDIC_ZERO
}
