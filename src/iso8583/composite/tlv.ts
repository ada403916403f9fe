/** Tag–length–value with fixed widths, as private fields use it (`A3` + `018` + code), and tags whose width is known beforehand. */
import { concat } from '#crypto/bytes.ts'
import { toHex } from '#crypto/hex.ts'
import { type Content, type Reader, readText, Writer } from '../cursor.ts'
import { MAX_FIELD_LENGTH } from '../dialect/format.ts'
import type { CodecError } from '../fault.ts'
import { wholeField } from '../field.ts'
import { type Prefix, readPrefix } from '../prefix.ts'
import { binaryContent } from '../values/binary.ts'
import { blame, type PartsCodec } from './byte-composite.ts'
import { MAX_PARTS, type Part } from './composite.ts'
import { type Element, readElement, readWhole, writeElement } from './element.ts'

export type TlvOptions = {
  /** Codec of the tag, and its units: digits, characters or bytes. */
  readonly tag: Content
  readonly tagUnits: number
  /** Null: no length on the wire, every tag has its own width and an unknown one ends the reading. */
  readonly length: Prefix | null
  readonly elements: ReadonlyMap<string, Element>
}

/** Unknown tags are kept as hex when there is a length. */
export function tlvParts(options: TlvOptions): PartsCodec {
  const unknown: Element = {
    codec: wholeField(binaryContent('raw'), MAX_FIELD_LENGTH, true),
    inner: null,
  }
  const tagBytes = options.tag.wireBytes(options.tagUnits)

  function readOne(reader: Reader): Part {
    const id = reader.has(tagBytes) ? readText(options.tag, reader, options.tagUnits) : ''
    if (reader.fault !== null) return { id, value: '' }
    const element = options.elements.get(id)
    if (options.length === null) {
      if (element === undefined) reader.fail('unknownField', reader.at - tagBytes, 0, 1)
      const value = element === undefined ? '' : readElement(element, reader)
      blame(reader, id)
      return { id, value }
    }
    const length = readPrefix(options.length, reader)
    if (length < 0 || !reader.has(length)) {
      blame(reader, id)
      return { id, value: '' }
    }
    const start = reader.at
    const bytes = reader.bytes.subarray(start, start + length)
    reader.at += length
    if (element === undefined) return { id, value: toHex(bytes) }
    const read = readWhole(element, bytes)
    if ('value' in read) return { id, value: read.value }
    const { code, path, offset, need, have } = read.error
    reader.fault = { code, path: [id, ...path], offset: start + offset, need, have }
    return { id, value: '' }
  }

  function writeOne({
    id,
    value,
  }: Part): { readonly bytes: Uint8Array } | { readonly error: CodecError } {
    const element = options.elements.get(id) ?? (options.length === null ? undefined : unknown)
    if (element === undefined || options.tag.measure(id) !== options.tagUnits) {
      return { error: { code: 'unknownField', path: [], offset: 0, need: 0, have: 0 } }
    }
    const written = writeElement(element, value)
    if ('error' in written) return written
    const writer = new Writer(new Uint8Array(tagBytes + (options.length?.size ?? 0)))
    options.tag.encode(writer, id, options.tagUnits)
    const { length } = written.bytes
    if (options.length !== null) {
      if (length > options.length.largest) writer.fail('tooLong', options.length.largest, length)
      else options.length.write(writer, length)
    }
    return writer.fault === null
      ? { bytes: concat(writer.bytes, written.bytes) }
      : { error: writer.fault }
  }

  return {
    readParts(reader) {
      const parts: Part[] = []
      while (reader.at < reader.end && reader.fault === null) {
        if (parts.length === MAX_PARTS) reader.fail('limit', reader.at, MAX_PARTS, MAX_PARTS + 1)
        else parts.push(readOne(reader))
      }
      return parts
    },
    writeParts(parts) {
      const pieces: Uint8Array[] = []
      for (const part of parts) {
        const written = writeOne(part)
        if ('error' in written) {
          return { error: { ...written.error, path: [part.id, ...written.error.path] } }
        }
        pieces.push(written.bytes)
      }
      return { bytes: concat(...pieces) }
    },
  }
}
