/** Digits and track data as BCD, ASCII or EBCDIC: the two kinds differ only in their alphabet. */

import { asciiText } from '../characters/ascii.ts'
import { fromEbcdicDigit, toEbcdicDigit } from '../characters/ebcdic.ts'
import { type Content, codeAt, type FlatValue, skipAllowed, type Writer } from '../cursor.ts'
import type { DigitEncoding } from '../dialect/dialect-spec.ts'
import {
  type Alphabet,
  ASCII_DIGITS,
  ASCII_TRACK,
  EBCDIC_DIGITS,
  EBCDIC_TRACK,
} from '../quick/alphabet.ts'
import { characterInk } from '../quick/ink.ts'
import { type BcdOptions, bcdContent, nibbleToWrite } from './bcd.ts'

export type DigitOptions = BcdOptions & { readonly encoding: DigitEncoding }

/** Content codec for `n` and `z`; one unit is one digit. */
export function digitContent(options: DigitOptions): Content {
  const { encoding, track } = options
  if (encoding === 'bcd') return bcdContent(options)
  return encoding === 'ascii'
    ? characterContent(track, { alphabet: track ? ASCII_TRACK : ASCII_DIGITS, ebcdic: false })
    : characterContent(track, { alphabet: track ? EBCDIC_TRACK : EBCDIC_DIGITS, ebcdic: true })
}

function characterContent(
  track: boolean,
  { alphabet, ebcdic }: { readonly alphabet: Alphabet; readonly ebcdic: boolean },
): Content {
  const ink = characterInk((code) => {
    if (nibbleToWrite(code, track) < 0) return -1
    return ebcdic ? toEbcdicDigit(code) : code
  })

  function copy(bytes: Uint8Array, at: number, units: number): Uint8Array {
    const digits = new Uint8Array(bytes.subarray(at, at + units))
    if (ebcdic) for (const [index, byte] of digits.entries()) digits[index] = fromEbcdicDigit(byte)
    return digits
  }

  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    charactersPerUnit: 1,
    measure: (value) => value.length,
    quick: { nibbles: 2, look: ebcdic ? null : 'latin1', alphabet, odd: null, ink },
    check: (reader, units) => skipAllowed(reader, alphabet, units),
    text: (bytes, at, units) =>
      ebcdic ? asciiText(copy(bytes, at, units), 0, units) : asciiText(bytes, at, at + units),
    copy,
    encode(writer: Writer, value: FlatValue, units: number) {
      const { bytes, at } = writer
      let wrong = 0
      for (let index = 0; index < units; index++) {
        const code = codeAt(value, index)
        wrong |= nibbleToWrite(code, track)
        bytes[at + index] = ebcdic ? toEbcdicDigit(code) : code
      }
      if (wrong < 0) writer.fail('alphabet', 0, 1)
      else writer.at = at + units
    },
  }
}
