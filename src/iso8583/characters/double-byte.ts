/** GBK: one byte per ASCII character, two for each of the others. */
import { SEVEN_BITS } from '../quick/alphabet.ts'
import { PLAIN } from '../quick/ink.ts'
import { asciiText, isAscii, writeAscii } from './ascii.ts'
import type { GbkTable } from './gbk.ts'
import type { TextCodec, TextOptions } from './text-codec.ts'
import { escaped, isEscape, writeEscaped } from './undecodable.ts'

export function doubleByte({ undecodable, gbk }: TextOptions): TextCodec {
  const keep = undecodable === 'keep'
  return {
    // Other bytes are a matter of pairs.
    quick: { nibbles: 2, look: 'latin1', alphabet: SEVEN_BITS, odd: null, ink: PLAIN },
    size(text) {
      let seen = 0
      for (let index = 0; index < text.length; index++) seen |= text.charCodeAt(index)
      let bytes = text.length
      if (seen < 0x80) return bytes
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index)
        if (code > 0x7f && !isEscape(code)) bytes++
      }
      return bytes
    },
    check(reader, end) {
      if (keep || isAscii(reader.bytes, reader.at, end)) return
      const table = gbk()
      for (let at = reader.at; at < end; at++) {
        const code = codeAt(reader.bytes, { at, end }, table)
        if (code < 0) {
          reader.fail('alphabet', at, 0, 1)
          return
        }
        if (code >= 0x80) at++
      }
    },
    text(bytes, from, units) {
      const end = from + units
      if (isAscii(bytes, from, end)) return asciiText(bytes, from, end)
      const table = gbk()
      let text = ''
      for (let at = from; at < end; at++) {
        const code = codeAt(bytes, { at, end }, table)
        text += code < 0 ? escaped(bytes[at] ?? 0) : String.fromCharCode(code)
        if (code >= 0x80) at++
      }
      return text
    },
    encode(writer, text) {
      if (writeAscii(writer, text, 0x7f)) return
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index)
        if (code < 0x80) {
          writer.bytes[writer.at++] = code
          continue
        }
        const pair = gbk().toWire(code)
        if (pair !== 0) {
          writer.bytes[writer.at++] = pair >> 8
          writer.bytes[writer.at++] = pair & 0xff
        } else if (!keep || !writeEscaped(writer, code)) {
          writer.fail('alphabet', 0, 1)
          return
        }
      }
    },
  }
}

/** The character that begins at `at`; it takes two bytes from 80 on. -1 when none does. */
function codeAt(
  bytes: Uint8Array,
  { at, end }: { readonly at: number; readonly end: number },
  table: GbkTable,
): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return lead
  const code = at + 1 < end ? table.toUnicode(lead, bytes[at + 1] ?? 0) : 0
  return code === 0 ? -1 : code
}
