/** Binary fields: raw bytes or hex characters on the wire, upper-case hex as value. */

import { appendHex } from './append.ts'
import { asciiText } from './ascii.ts'
import { type Content, codeAt, type FlatValue, type Reader, type Writer } from './cursor.ts'
import type { BinaryEncoding } from './dialect-spec.ts'
import { fromEbcdicDigit, hexCode, hexPair, nibbleOf, pairByte, toEbcdicDigit } from './digits.ts'

/** Content codec for `b`; one unit is one byte of data. A string value of odd or non-hex length is an `alphabet` fault. */
export function binaryContent(encoding: BinaryEncoding): Content {
  return encoding === 'raw' ? rawContent() : hexContent(encoding === 'ebcdicHex')
}

/** Data bytes of a value: a hex string counts half, rounded up so that an odd one cannot pass unseen. */
function measureBinary(value: FlatValue): number {
  return typeof value === 'string' ? (value.length + 1) >> 1 : value.length
}

/** Byte `index` of the value, or -1 when it is no hex. */
function byteOf(value: FlatValue, index: number): number {
  if (typeof value !== 'string') return value[index] ?? -1
  const high = nibbleOf(codeAt(value, index * 2))
  const low = nibbleOf(codeAt(value, index * 2 + 1))
  return high < 0 || low < 0 ? -1 : (high << 4) | low
}

function rawContent(): Content {
  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    measure: measureBinary,
    append: appendHex,
    decode(reader, units) {
      const { at } = reader
      reader.at = at + units
      return rawHex(reader.bytes, at, reader.at)
    },
    decodeBytes(reader, units) {
      const copy = reader.bytes.slice(reader.at, reader.at + units)
      reader.at += units
      return copy
    },
    encode(writer: Writer, value: FlatValue, units: number) {
      if (typeof value === 'string') encodeHex(writer, value, units)
      else {
        writer.bytes.set(value, writer.at)
        writer.at += units
      }
    },
  }
}

function encodeHex(writer: Writer, value: string, units: number): void {
  const { bytes } = writer
  let { at } = writer
  let wrong = 0
  for (let index = 0; index + 1 < value.length; index += 2) {
    const byte = pairByte(value.charCodeAt(index), value.charCodeAt(index + 1))
    wrong |= byte
    bytes[at++] = byte
  }
  if (wrong < 0 || (value.length & 1) === 1) writer.fail('alphabet', 0, 1)
  else writer.at += units
}

/** Up to here joining pairs is quicker than a buffer of characters. */
const SHORT = 12

function rawHex(bytes: Uint8Array, from: number, end: number): string {
  if (end - from > SHORT) {
    const codes = new Uint8Array((end - from) * 2)
    for (let at = from, place = 0; at < end; at++) {
      const byte = bytes[at] ?? 0
      codes[place++] = hexCode(byte >> 4)
      codes[place++] = hexCode(byte & 15)
    }
    return asciiText(codes, 0, codes.length)
  }
  let text = ''
  for (let at = from; at < end; at++) text += hexPair(bytes[at] ?? 0)
  return text
}

function hexContent(ebcdic: boolean): Content {
  function nibbleAt(reader: Reader, at: number): number {
    const byte = reader.bytes[at] ?? 0
    const code = ebcdic ? upperEbcdic(byte) : byte
    // Hosts print hex in either case; both mean the same, and packing writes upper case.
    const nibble = nibbleOf(code >= 0x61 && code <= 0x66 ? code - 0x20 : code)
    if (nibble < 0) reader.fail('alphabet', at, 0, 1)
    return nibble
  }

  function byteAt(reader: Reader, index: number): number {
    const at = reader.at + index * 2
    return ((nibbleAt(reader, at) << 4) | nibbleAt(reader, at + 1)) & 255
  }

  return {
    wireBytes: (units) => units * 2,
    unitsIn: (wireBytes) => wireBytes >> 1,
    measure: measureBinary,
    decode(reader, units) {
      let text = ''
      for (let index = 0; index < units; index++) text += hexPair(byteAt(reader, index))
      reader.at += units * 2
      return text
    },
    decodeBytes(reader, units) {
      const data = new Uint8Array(units)
      for (let index = 0; index < units; index++) data[index] = byteAt(reader, index)
      reader.at += units * 2
      return data
    },
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

  function wireHex(nibble: number): number {
    const code = hexCode(nibble)
    return ebcdic ? toEbcdicDigit(code) : code
  }
}

/** EBCDIC hex digit of either case as ASCII; a–f stand at 0x81. */
function upperEbcdic(byte: number): number {
  return fromEbcdicDigit(byte >= 0x81 && byte <= 0x86 ? byte + 0x40 : byte)
}
