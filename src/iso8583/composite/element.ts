/** One part of a composite of bytes: a field codec, and perhaps a composite inside it. */
import { Reader, Writer } from '../cursor.ts'
import type { CodecError } from '../fault.ts'
import type { FieldCodec } from '../field.ts'
import type { CompositeCodec, Part } from './composite.ts'

export type Element = { readonly codec: FieldCodec; readonly inner: CompositeCodec | null }

/** Reads one element where `reader` stands; a fault carries the path inside it. */
export function readElement(element: Element, reader: Reader): Part['value'] {
  const start = reader.at + (element.codec.prefix?.size ?? 0)
  if (element.inner === null) return element.codec.read(reader)
  const bytes = element.codec.readBytes(reader)
  if (reader.fault !== null) return ''
  const split = element.inner.split(bytes)
  if (split.ok) return split.parts
  const { code, path, offset, need, have } = split.error
  reader.fault = { code, path, offset: start + offset, need, have }
  return ''
}

/** Reads one element out of exactly these bytes, which its codec takes whole. */
export function readWhole(
  element: Element,
  bytes: Uint8Array,
): { readonly value: Part['value'] } | { readonly error: CodecError } {
  const reader = new Reader(bytes)
  const value = readElement(element, reader)
  return reader.fault === null ? { value } : { error: reader.fault }
}

/** Bytes of one element, its length prefix included, or what is wrong with the value. */
export function writeElement(
  element: Element,
  value: Part['value'],
): { readonly bytes: Uint8Array } | { readonly error: CodecError } {
  let flat: string | Uint8Array
  if (typeof value === 'string') flat = value
  else {
    const joined = element.inner?.join(value)
    if (joined === undefined)
      return { error: { code: 'value', path: [], offset: 0, need: 0, have: 0 } }
    if (!joined.ok) return joined
    flat = joined.value
  }
  const { codec } = element
  const units = codec.content.measure(flat)
  const writer = new Writer(new Uint8Array(codec.bound(units)))
  codec.write(writer, flat, units)
  return writer.fault === null
    ? { bytes: writer.bytes.subarray(0, writer.at) }
    : { error: writer.fault }
}
