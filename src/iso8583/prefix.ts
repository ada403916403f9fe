/** Length prefixes: a number in 1–6 digits or bytes in front of a variable field. */
import type { Reader, Writer } from './cursor.ts'
import type { PrefixEncoding } from './dialect-spec.ts'
import { fromEbcdicDigit, toEbcdicDigit } from './digits.ts'

export type Prefix = {
  /** Bytes on the wire. */
  readonly size: number
  /** The largest number it can say. */
  readonly largest: number
  /** The number, or -1 with the fault noted. Moves on. */
  readonly read: (reader: Reader) => number
  /** Writes a number that fits. */
  readonly write: (writer: Writer, value: number) => void
}

/** `width` counts digits for BCD, ASCII and EBCDIC, bytes (big-endian) for binary. */
export function lengthPrefix(encoding: PrefixEncoding, width: number): Prefix {
  if (encoding === 'binary') return binaryPrefix(width)
  return encoding === 'bcd' ? bcdPrefix(width) : digitPrefix(encoding === 'ebcdic', width)
}

function binaryPrefix(size: number): Prefix {
  return {
    size,
    largest: 256 ** size - 1,
    read(reader) {
      if (!reader.has(size)) return -1
      let value = 0
      for (let index = 0; index < size; index++)
        value = value * 256 + (reader.bytes[reader.at++] ?? 0)
      return value
    },
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
    read(reader) {
      if (!reader.has(size)) return -1
      let value = 0
      for (let index = 0; index < size; index++) {
        const byte = reader.bytes[reader.at + index] ?? 0
        if (byte >> 4 > 9 || (byte & 15) > 9) {
          reader.fail('prefix', reader.at, size, size)
          return -1
        }
        value = value * 100 + (byte >> 4) * 10 + (byte & 15)
      }
      reader.at += size
      return value
    },
    write(writer, value) {
      let rest = value
      for (let place = writer.at + size - 1; place >= writer.at; place--) {
        const pair = rest % 100
        writer.bytes[place] = (Math.floor(pair / 10) << 4) | (pair % 10)
        rest = Math.floor(rest / 100)
      }
      writer.at += size
    },
  }
}

function digitPrefix(ebcdic: boolean, size: number): Prefix {
  return {
    size,
    largest: 10 ** size - 1,
    read(reader) {
      if (!reader.has(size)) return -1
      let value = 0
      for (let index = 0; index < size; index++) {
        const byte = reader.bytes[reader.at + index] ?? 0
        const digit = (ebcdic ? fromEbcdicDigit(byte) : byte) - 0x30
        if (digit < 0 || digit > 9) {
          reader.fail('prefix', reader.at, size, size)
          return -1
        }
        value = value * 10 + digit
      }
      reader.at += size
      return value
    },
    write(writer, value) {
      let rest = value
      for (let place = writer.at + size - 1; place >= writer.at; place--) {
        const code = 0x30 + (rest % 10)
        writer.bytes[place] = ebcdic ? toEbcdicDigit(code) : code
        rest = Math.floor(rest / 10)
      }
      writer.at += size
    },
  }
}
