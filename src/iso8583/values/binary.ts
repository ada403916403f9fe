/** Binary fields: raw bytes or hex characters on the wire, upper-case hex as value. */

import { toEbcdicDigit } from '../characters/ebcdic.ts'
import { hexCode, nibbleOf } from '../characters/hex-digits.ts'
import { createHexText } from '../characters/hex-text.ts'
import { type Content, codeAt, type FlatValue, skipAllowed, type Writer } from '../cursor.ts'
import type { BinaryEncoding } from '../dialect/dialect-spec.ts'
import { ASCII_HEX, EBCDIC_HEX, upperCase, upperEbcdic } from '../quick/alphabet.ts'
import { characterInk, HEX } from '../quick/ink.ts'

/** Content codec for `b`; one unit is one byte of data. A string value of odd or non-hex length is an `alphabet` fault. */
export function binaryContent(encoding: BinaryEncoding): Content {
  return encoding === 'raw' ? rawContent() : hexContent(encoding === 'ebcdicHex')
}

/** Data bytes of a value: a hex string counts half, rounded up so that an odd one cannot pass unseen. */
function measureBinary(value: FlatValue): number {
  return typeof value === 'string' ? (value.length + 1) >> 1 : value.length
}

/** Byte `index` of the value, or less than 0 when it is no hex. */
function byteOf(value: FlatValue, index: number): number {
  if (typeof value !== 'string') return value[index] ?? -1
  const high = nibbleOf(codeAt(value, index * 2))
  const low = nibbleOf(codeAt(value, index * 2 + 1))
  return (high << 4) | low
}

function rawContent(): Content {
  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    charactersPerUnit: 2,
    measure: measureBinary,
    quick: { nibbles: 2, look: 'hex', alphabet: null, odd: null, ink: HEX },
    check(reader, units) {
      reader.at += units
    },
    text: createHexText(),
    copy: (bytes, at, units) => new Uint8Array(bytes.subarray(at, at + units)),
    encode(writer: Writer, value: FlatValue, units: number) {
      for (let index = 0; index < units; index++) {
        const byte = byteOf(value, index)
        if (byte < 0) {
          writer.fail('alphabet', 0, 1)
          return
        }
        writer.bytes[writer.at++] = byte
      }
    },
  }
}

function hexContent(ebcdic: boolean): Content {
  const alphabet = ebcdic ? EBCDIC_HEX : ASCII_HEX
  const hexText = createHexText()
  const ink = characterInk((code) => {
    if (nibbleOf(code) < 0) return -1
    return ebcdic ? toEbcdicDigit(code) : code
  })

  function nibbleAt(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] ?? 0
    return nibbleOf(ebcdic ? upperEbcdic(byte) : upperCase(byte))
  }

  function copy(bytes: Uint8Array, at: number, units: number): Uint8Array {
    const data = new Uint8Array(units)
    for (let index = 0; index < units; index++) {
      const place = at + index * 2
      data[index] = (nibbleAt(bytes, place) << 4) | nibbleAt(bytes, place + 1)
    }
    return data
  }

  function wireHex(nibble: number): number {
    const code = hexCode(nibble)
    return ebcdic ? toEbcdicDigit(code) : code
  }

  return {
    wireBytes: (units) => units * 2,
    unitsIn: (wireBytes) => wireBytes >> 1,
    charactersPerUnit: 2,
    measure: measureBinary,
    quick: { nibbles: 4, look: null, alphabet, odd: null, ink },
    check: (reader, units) => skipAllowed(reader, alphabet, units * 2),
    text: (bytes, at, units) => hexText(copy(bytes, at, units), 0, units),
    copy,
    encode(writer, value, units) {
      for (let index = 0; index < units; index++) {
        const byte = byteOf(value, index)
        if (byte < 0) {
          writer.fail('alphabet', 0, 1)
          return
        }
        writer.bytes[writer.at++] = wireHex(byte >> 4)
        writer.bytes[writer.at++] = wireHex(byte & 15)
      }
    },
  }
}
