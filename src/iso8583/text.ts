/** Text fields in a single-byte or double-byte character set; the value is Unicode, the length is bytes on the wire. */

import { appendAscii } from './append.ts'
import { asciiText, isAscii } from './ascii.ts'
import type { Content, Reader, Writer } from './cursor.ts'
import type { Charset } from './dialect-spec.ts'
import { ebcdicTable } from './ebcdic.ts'
import type { GbkTable } from './gbk.ts'

/** Undecodable byte b ↔ code unit DC00 + b: a lone surrogate can come from nowhere else. */
const ESCAPE = 0xdc00

export type TextOptions = {
  readonly charset: Charset
  readonly undecodable: 'refuse' | 'keep'
  /** Gives the GBK table, building it at the first call. */
  readonly gbk: () => GbkTable
}

/** Content codec for text; one unit is one byte on the wire. Bytes given for packing are taken as wire bytes. */
export function textContent(options: TextOptions): Content {
  const codec = options.charset === 'gbk' ? doubleByte(options) : singleByte(options)
  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    measure: (value) => (typeof value === 'string' ? codec.size(value) : value.length),
    ...(ebcdicTable(options.charset) === null ? { append: appendAscii } : {}),
    decode(reader, units) {
      const text = codec.decode(reader, reader.at + units)
      reader.at += units
      return text
    },
    decodeBytes(reader, units) {
      const copy = reader.bytes.slice(reader.at, reader.at + units)
      reader.at += units
      return copy
    },
    encode(writer, value) {
      if (typeof value === 'string') codec.encode(writer, value)
      else {
        writer.bytes.set(value, writer.at)
        writer.at += value.length
      }
    },
  }
}

type TextCodec = {
  readonly size: (text: string) => number
  readonly decode: (reader: Reader, end: number) => string
  readonly encode: (writer: Writer, text: string) => void
}

function singleByte({ charset, undecodable }: TextOptions): TextCodec {
  const table = ebcdicTable(charset)
  const keep = undecodable === 'keep'
  const highest = charset === 'ascii' ? 0x7f : 0xff
  return {
    size: (text) => text.length,
    decode(reader, end) {
      if (table === null && isAscii(reader.bytes, reader.at, end)) {
        return asciiText(reader.bytes, reader.at, end)
      }
      let text = ''
      for (let at = reader.at; at < end; at++) {
        const byte = reader.bytes[at] ?? 0
        const code = table === null ? byte : (table.toUnicode[byte] ?? 0)
        if (code <= highest) text += String.fromCharCode(code)
        else if (keep) text += String.fromCharCode(ESCAPE + byte)
        else {
          reader.fail('alphabet', at, 0, 1)
          return ''
        }
      }
      return text
    },
    encode(writer: Writer, text: string) {
      if (table === null && writeBytes(writer, text, highest)) return
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

function doubleByte({ undecodable, gbk }: TextOptions): TextCodec {
  const keep = undecodable === 'keep'
  return {
    size(text) {
      let bytes = text.length
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index)
        if (code > 0x7f && !isEscape(code)) bytes++
      }
      return bytes
    },
    decode(reader, end) {
      if (isAscii(reader.bytes, reader.at, end)) return asciiText(reader.bytes, reader.at, end)
      const table = gbk()
      let text = ''
      for (let at = reader.at; at < end; at++) {
        const lead = reader.bytes[at] ?? 0
        const code =
          lead < 0x80 ? lead : at + 1 < end ? table.toUnicode(lead, reader.bytes[at + 1] ?? 0) : 0
        if (lead < 0x80) text += String.fromCharCode(code)
        else if (code !== 0) {
          text += String.fromCharCode(code)
          at++
        } else if (keep) text += String.fromCharCode(ESCAPE + lead)
        else {
          reader.fail('alphabet', at, 0, 1)
          return ''
        }
      }
      return text
    },
    encode(writer, text) {
      if (writeBytes(writer, text, 0x7f)) return
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

/** The quick way: one byte per character. Writes nothing that counts, and gives false, when a character is above `highest`. */
function writeBytes(writer: Writer, text: string, highest: number): boolean {
  const { bytes, at } = writer
  let seen = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    seen |= code
    bytes[at + index] = code
  }
  if (seen > highest) return false
  writer.at = at + text.length
  return true
}

function isEscape(code: number): boolean {
  return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff
}

function writeEscaped(writer: Writer, code: number): boolean {
  if (!isEscape(code)) return false
  writer.bytes[writer.at++] = code & 0xff
  return true
}
