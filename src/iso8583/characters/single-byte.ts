/** Character sets of one byte per character: ASCII, Latin-1 and the EBCDIC pages. */

import type { Writer } from '../cursor.ts'
import { firstRefused, SEVEN_BITS } from '../quick/alphabet.ts'
import { characterInk, PLAIN } from '../quick/ink.ts'
import { asciiText, isAscii, writeAscii } from './ascii.ts'
import { ebcdicTable } from './ebcdic.ts'
import type { TextCodec, TextOptions } from './text-codec.ts'
import { escaped, writeEscaped } from './undecodable.ts'

export function singleByte({ charset, undecodable }: TextOptions): TextCodec {
  const table = ebcdicTable(charset)
  const keep = undecodable === 'keep'
  const highest = charset === 'ascii' ? 0x7f : 0xff
  const alphabet = charset === 'ascii' && !keep ? SEVEN_BITS : null
  return {
    quick: {
      nibbles: 2,
      look: alphabet !== null || charset === 'latin1' ? 'latin1' : null,
      alphabet,
      odd: null,
      ink: table === null ? PLAIN : characterInk((code) => table.toWire[code] ?? 0),
    },
    size: (text) => text.length,
    check(reader, end) {
      const wrong = firstRefused(reader.bytes, alphabet, { from: reader.at, end })
      if (wrong >= 0) reader.fail('alphabet', wrong, 0, 1)
    },
    text(bytes, from, units) {
      const end = from + units
      // What was checked against seven bits need not be looked at again.
      if (table === null && (alphabet !== null || isAscii(bytes, from, end))) {
        return asciiText(bytes, from, end)
      }
      let text = ''
      for (let at = from; at < end; at++) {
        const byte = bytes[at] ?? 0
        const code = table === null ? byte : (table.toUnicode[byte] ?? 0)
        text += code <= highest ? String.fromCharCode(code) : escaped(byte)
      }
      return text
    },
    encode(writer: Writer, text: string) {
      if (table === null && writeAscii(writer, text, highest)) return
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index)
        if (code <= highest) {
          writer.bytes[writer.at++] = table === null ? code : (table.toWire[code] ?? 0)
        } else if (!keep || !writeEscaped(writer, code)) {
          writer.fail('alphabet', 0, 1)
          return
        }
      }
    },
  }
}
