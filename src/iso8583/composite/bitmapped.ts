/** A small message inside a field: a bitmap of its own, then the fields whose bits are set. */
import { concat } from '#crypto/bytes.ts'
import { type Reader, readCopy, Writer } from '../cursor.ts'
import type { BinaryEncoding } from '../dialect/dialect-spec.ts'
import { binaryContent } from '../values/binary.ts'
import { blame, type PartsCodec } from './byte-composite.ts'
import type { Part } from './composite.ts'
import { type Element, readElement, writeElement } from './element.ts'

export type BitmappedOptions = {
  readonly bitmap: BinaryEncoding
  readonly bitmapBytes: number
  /** By field number, from 1. */
  readonly elements: ReadonlyMap<number, Element>
}

/** Parts with ascending numbers as ids; no bit announces a further bitmap. */
export function bitmappedParts({ bitmap, bitmapBytes, elements }: BitmappedOptions): PartsCodec {
  const content = binaryContent(bitmap)

  function presentFields(reader: Reader): readonly number[] {
    if (!reader.has(content.wireBytes(bitmapBytes))) return []
    const bits = readCopy(content, reader, bitmapBytes)
    return Array.from({ length: bitmapBytes * 8 }, (_, index) => index + 1).filter(
      (field) => ((bits[(field - 1) >> 3] ?? 0) & (0x80 >> ((field - 1) & 7))) !== 0,
    )
  }

  return {
    readParts(reader) {
      const parts: Part[] = []
      for (const field of presentFields(reader)) {
        const id = String(field)
        const element = elements.get(field)
        if (element === undefined) reader.fail('unknownField', reader.at, 0, 1)
        const value = element === undefined ? '' : readElement(element, reader)
        blame(reader, id)
        if (reader.fault !== null) break
        parts.push({ id, value })
      }
      return parts
    },
    writeParts(parts) {
      const bits = new Uint8Array(bitmapBytes)
      const pieces: Uint8Array[] = []
      let last = 0
      for (const { id, value } of parts) {
        const field = Number(id)
        const element = elements.get(field)
        if (element === undefined || String(field) !== id) {
          return { error: { code: 'unknownField', path: [id], offset: 0, need: 0, have: 0 } }
        }
        if (field <= last)
          return { error: { code: 'value', path: [id], offset: 0, need: 0, have: 0 } }
        last = field
        bits[(field - 1) >> 3] = (bits[(field - 1) >> 3] ?? 0) | (0x80 >> ((field - 1) & 7))
        const written = writeElement(element, value)
        if ('error' in written) {
          return { error: { ...written.error, path: [id, ...written.error.path] } }
        }
        pieces.push(written.bytes)
      }
      const writer = new Writer(new Uint8Array(content.wireBytes(bitmapBytes)))
      content.encode(writer, bits, bitmapBytes)
      return { bytes: concat(writer.bytes, ...pieces) }
    },
  }
}
