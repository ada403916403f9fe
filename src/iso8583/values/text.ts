/** Text fields in a single-byte or double-byte character set; the value is Unicode, the length is bytes on the wire. */

import { doubleByte } from '../characters/double-byte.ts'
import { singleByte } from '../characters/single-byte.ts'
import type { TextOptions } from '../characters/text-codec.ts'
import type { Content } from '../cursor.ts'

/** Content codec for text; one unit is one byte on the wire. Bytes given for packing are taken as wire bytes. */
export function textContent(options: TextOptions): Content {
  const codec = options.charset === 'gbk' ? doubleByte(options) : singleByte(options)
  return {
    wireBytes: (units) => units,
    unitsIn: (wireBytes) => wireBytes,
    charactersPerUnit: 1,
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
