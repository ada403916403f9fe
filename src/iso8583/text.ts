/** Text fields in a single-byte or double-byte character set; the value is Unicode, the length is bytes on the wire. */
import type { Content, QuickContent, Reader, Writer } from './cursor.ts'
import type { Charset } from './dialect-spec.ts'
import { doubleByte } from './double-byte.ts'
import type { GbkTable } from './gbk.ts'
import { singleByte } from './single-byte.ts'

export type TextOptions = {
  readonly charset: Charset
  readonly undecodable: 'refuse' | 'keep'
  /** Gives the GBK table, building it at the first call. */
  readonly gbk: () => GbkTable
}

/** One character set. */
export type TextCodec = {
  readonly quick: QuickContent | null
  /** Bytes that a text takes. */
  readonly size: (text: string) => number
  /** Notes the first byte before `end` that is no character. */
  readonly check: (reader: Reader, end: number) => void
  /** Text of bytes that were checked. */
  readonly text: Content['text']
  readonly encode: (writer: Writer, text: string) => void
}

/** Content codec for text; one unit is one byte on the wire. Bytes given for packing are taken as wire bytes. */
export function textContent(options: TextOptions): Content {
  const codec = options.charset === 'gbk' ? doubleByte(options) : singleByte(options)
  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    measure: (value) => (typeof value === 'string' ? codec.size(value) : value.length),
    quick: codec.quick,
    check(reader, units) {
      codec.check(reader, reader.at + units)
      reader.at += units
    },
    text: codec.text,
    copy: (bytes, at, units) => new Uint8Array(bytes.subarray(at, at + units)),
    encode(writer, value) {
      if (typeof value === 'string') codec.encode(writer, value)
      else {
        writer.bytes.set(value, writer.at)
        writer.at += value.length
      }
    },
  }
}
