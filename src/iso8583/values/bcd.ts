/** Digits and track data as BCD, two to a byte; an odd one shares its byte with a filler. */

import { decimalText, hexCode, hexDigit, nibbleOf } from '../characters/hex-digits.ts'
import { createHexText } from '../characters/hex-text.ts'
import { type Content, codeAt, type Reader, skipAllowed } from '../cursor.ts'
import {
  BCD_DIGITS,
  DIGIT_AND_FILLER,
  FILLER_AND_DIGIT,
  FILLER_AND_NIBBLE,
  NIBBLE_AND_FILLER,
} from '../quick/alphabet.ts'
import { nibbleInk } from '../quick/ink.ts'

export type BcdOptions = {
  /** Track data also holds the separator and, when enciphered, A–F. */
  readonly track: boolean
  readonly align: 'left' | 'right'
  readonly filler: '0' | 'F'
}

/** Content codec for BCD; one unit is one digit. */
export function bcdContent({ track, align, filler }: BcdOptions): Content {
  const alphabet = track ? null : BCD_DIGITS
  const padNibble = filler === 'F' ? 15 : 0
  const right = align === 'right'
  const nibblesText = track ? createHexText() : decimalText
  const withFiller = right
    ? { place: 'first' as const, alphabet: track ? FILLER_AND_NIBBLE : FILLER_AND_DIGIT }
    : { place: 'last' as const, alphabet: track ? NIBBLE_AND_FILLER : DIGIT_AND_FILLER }

  const ink = nibbleInk((code) => nibbleToWrite(code, track), {
    place: withFiller.place,
    nibble: padNibble,
  })

  /** The byte with the filler, of an odd number of digits. */
  function fillerPlace(at: number, units: number): number {
    return right ? at : at + (units >> 1)
  }

  function checkFiller(reader: Reader, units: number): void {
    const place = fillerPlace(reader.at, units)
    const byte = reader.bytes[place] ?? 0
    const pad = right ? byte >> 4 : byte & 15
    if (pad !== 0 && pad !== 15) reader.fail('padding', place, 0, 1)
  }

  /** Nibble `index` of the digits, not of the wire: a filler in front is skipped. */
  function nibbleAt(bytes: Uint8Array, at: number, index: number): number {
    const byte = bytes[at + (index >> 1)] ?? 0
    return (index & 1) === 0 ? byte >> 4 : byte & 15
  }

  return {
    wireBytes: (units) => (units + 1) >> 1,
    unitsIn(wireBytes, reader) {
      if (wireBytes === 0 || filler === '0') return wireBytes * 2
      const byte = reader.bytes[right ? reader.at : reader.at + wireBytes - 1] ?? 0
      return wireBytes * 2 - ((right ? byte >> 4 : byte & 15) === 15 ? 1 : 0)
    },
    charactersPerUnit: 1,
    measure: (value) => value.length,
    quick: { nibbles: 1, look: 'hex', alphabet, odd: withFiller, ink },
    check(reader, units) {
      if ((units & 1) === 0) {
        skipAllowed(reader, alphabet, units >> 1)
        return
      }
      checkFiller(reader, units)
      if (right) skipAllowed(reader, withFiller.alphabet, 1)
      skipAllowed(reader, alphabet, units >> 1)
      if (!right) skipAllowed(reader, withFiller.alphabet, 1)
    },
    text(bytes, at, units) {
      if ((units & 1) === 0) return nibblesText(bytes, at, units >> 1)
      const nibble = right ? (bytes[at] ?? 0) & 15 : (bytes[at + (units >> 1)] ?? 0) >> 4
      const digit = hexDigit(nibble)
      return right
        ? digit + nibblesText(bytes, at + 1, units >> 1)
        : nibblesText(bytes, at, units >> 1) + digit
    },
    copy(bytes, at, units) {
      const digits = new Uint8Array(units)
      const shift = right ? units & 1 : 0
      for (let index = 0; index < units; index++) {
        digits[index] = hexCode(nibbleAt(bytes, at, index + shift))
      }
      return digits
    },
    encode(writer, value, units) {
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
}

const EQUALS = 0x3d
const SEPARATOR_D = 13

/** The nibble of a character, or -1. */
export function nibbleToWrite(code: number, track: boolean): number {
  if (track && code === EQUALS) return SEPARATOR_D
  const nibble = nibbleOf(code)
  return nibble > 9 && !track ? -1 : nibble
}
