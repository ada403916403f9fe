/** What all composites of bytes share: the flat value as bytes, and the bytes of the parts one after the other. */
import { type Content, type FlatValue, Reader, Writer } from '../cursor.ts'
import type { CodecError } from '../fault.ts'
import { type CompositeCodec, MAX_PARTS, type Part, partFault } from './composite.ts'

/** How one kind of composite reads and writes its parts. */
export type PartsCodec = {
  /** Reads until `reader.end` or a fault. */
  readonly readParts: (reader: Reader) => readonly Part[]
  /** Bytes of all parts, or the first fault. */
  readonly writeParts: (
    parts: readonly Part[],
  ) => { readonly bytes: Uint8Array } | { readonly error: CodecError }
}

/** A composite over bytes. `content` turns a flat value into them: raw binary, or text in its character set. */
export function byteComposite(content: Content, parts: PartsCodec): CompositeCodec {
  return {
    split(value) {
      const bytes = bytesOf(content, value)
      if (bytes === null) return partFault('alphabet', [], { offset: 0 })
      const reader = new Reader(bytes)
      const read = parts.readParts(reader)
      if (reader.at < reader.end) {
        reader.fail('leftover', reader.at, 0, reader.end - reader.at)
      }
      return reader.fault === null ? { ok: true, parts: read } : { ok: false, error: reader.fault }
    },
    join(given) {
      if (given.length > MAX_PARTS) {
        return partFault('limit', [], { offset: 0, need: MAX_PARTS, have: given.length })
      }
      const written = parts.writeParts(given)
      return 'bytes' in written ? { ok: true, value: written.bytes } : { ok: false, ...written }
    },
  }
}

/** Notes which part the fault of `reader` belongs to. */
export function blame(reader: Reader, id: string): void {
  if (reader.fault !== null) reader.fault = { ...reader.fault, path: [id, ...reader.fault.path] }
}

/** Bytes of a flat value. */
function bytesOf(content: Content, value: FlatValue): Uint8Array | null {
  if (typeof value !== 'string') return value
  const writer = new Writer(new Uint8Array(content.measure(value)))
  content.encode(writer, value, content.measure(value))
  return writer.fault === null ? writer.bytes.subarray(0, writer.at) : null
}
