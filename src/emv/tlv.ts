/**
 * BER-TLV as cards, kernels and hosts write it (EMV Book 3 annex B). Bytes come from outside, so whatever is wrong with them is a
 * value; values are views of the input, so that whoever owns the buffer can zero it.
 */
import { toHex } from '#crypto/hex.ts'

export type TlvObject = {
  /** Upper-case hex of one to four bytes. */
  readonly tag: string
  /** Where the tag starts in the whole input. */
  readonly offset: number
  /** A view of the input, not a copy. */
  readonly value: Uint8Array
  /** The objects inside a constructed one (bit 6 of the first tag byte); null for a primitive one. */
  readonly children: readonly TlvObject[] | null
}

type TlvError = {
  readonly code: 'truncated' | 'tagTooLong' | 'lengthTooLong' | 'tooDeep' | 'tooMany' | 'tooLarge'
  /** Tags from the outside in, down to the object that is wrong. */
  readonly path: readonly string[]
  /** Where in the whole input it went wrong. */
  readonly offset: number
}

export type TlvOutcome =
  | { readonly ok: true; readonly objects: readonly TlvObject[] }
  /** `objects` are the outermost ones that were whole before the error. */
  | { readonly ok: false; readonly error: TlvError; readonly objects: readonly TlvObject[] }

/** The largest that any message or record of this terminal carries, with room. */
export const TLV_MAX_BYTES = 65_536
/** Real data nests five deep (6F A5 BF0C 61 4F). */
export const TLV_MAX_DEPTH = 16
export const TLV_MAX_OBJECTS = 4096
/** EMV uses two bytes, readers three (`DFEE25`). */
export const TLV_MAX_TAG_BYTES = 4
/** Four length bytes reach beyond every input. */
const TLV_MAX_LENGTH_BYTES = 4

/**
 * Reads all objects. Zero bytes between objects are skipped, lengths may be longer than needed, and a length byte of 80 means zero
 * as other terminals read it: all three occur in the field.
 */
export function parseTlv(bytes: Uint8Array): TlvOutcome {
  if (bytes.length > TLV_MAX_BYTES) {
    return { ok: false, error: { code: 'tooLarge', path: [], offset: 0 }, objects: [] }
  }
  const reading: Reading = { bytes, count: 0 }
  const level = readLevel(reading, { start: 0, end: bytes.length, path: [] })
  const { objects, error } = level
  return error === null ? { ok: true, objects } : { ok: false, error, objects }
}

/** The first object of that tag, outer ones before inner ones of later siblings; null when there is none. */
export function findTlv(objects: readonly TlvObject[], tag: string): TlvObject | null {
  for (const object of objects) {
    if (object.tag === tag) return object
    const inside = object.children === null ? null : findTlv(object.children, tag)
    if (inside !== null) return inside
  }
  return null
}

/** All primitive objects by tag, in order of appearance; of a repeated tag the first one counts. */
export function flattenTlv(objects: readonly TlvObject[]): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const object of objects) {
    const inside =
      object.children === null ? [[object.tag, object.value] as const] : flattenTlv(object.children)
    for (const [tag, value] of inside) if (!found.has(tag)) found.set(tag, value)
  }
  return found
}

type Reading = { readonly bytes: Uint8Array; count: number }
type Span = { readonly start: number; readonly end: number; readonly path: readonly string[] }
type Level = { readonly objects: readonly TlvObject[]; readonly error: TlvError | null }

function readLevel(reading: Reading, span: Span): Level {
  const objects: TlvObject[] = []
  let at = span.start
  while (at < span.end) {
    if (reading.bytes[at] === 0) {
      at++
      continue
    }
    const read = readObject(reading, { ...span, start: at })
    if ('code' in read) return { objects, error: read }
    objects.push(read.object)
    at = read.next
  }
  return { objects, error: null }
}

function readObject(reading: Reading, span: Span): { object: TlvObject; next: number } | TlvError {
  const { bytes } = reading
  const tagEnd = readTag(bytes, span)
  if (typeof tagEnd !== 'number') return tagEnd
  const tag = toHex(bytes.subarray(span.start, tagEnd))
  const path = [...span.path, tag]
  const length = readLength(bytes, { start: tagEnd, end: span.end, path })
  if ('code' in length) return length
  const valueEnd = length.next + length.value
  if (valueEnd > span.end) return { code: 'truncated', path, offset: length.next }
  if (++reading.count > TLV_MAX_OBJECTS) return { code: 'tooMany', path, offset: span.start }
  const value = bytes.subarray(length.next, valueEnd)
  if (!isConstructed(bytes[span.start] ?? 0)) {
    return { object: { tag, offset: span.start, value, children: null }, next: valueEnd }
  }
  if (path.length >= TLV_MAX_DEPTH) return { code: 'tooDeep', path, offset: span.start }
  const inside = readLevel(reading, { start: length.next, end: valueEnd, path })
  if (inside.error !== null) return inside.error
  return { object: { tag, offset: span.start, value, children: inside.objects }, next: valueEnd }
}

/** Where the tag ends: all five low bits of the first byte set = more bytes follow while bit 8 is set. */
function readTag(bytes: Uint8Array, span: Span): number | TlvError {
  let at = span.start + 1
  if (((bytes[span.start] ?? 0) & 0x1f) !== 0x1f) return at
  for (; ; at++) {
    if (at - span.start >= TLV_MAX_TAG_BYTES) {
      return { code: 'tagTooLong', path: span.path, offset: span.start }
    }
    if (at >= span.end) return { code: 'truncated', path: span.path, offset: at }
    if (((bytes[at] ?? 0) & 0x80) === 0) return at + 1
  }
}

function readLength(bytes: Uint8Array, span: Span): { value: number; next: number } | TlvError {
  const { start, end, path } = span
  if (start >= end) return { code: 'truncated', path, offset: start }
  const first = bytes[start] ?? 0
  if (first < 0x80) return { value: first, next: start + 1 }
  const count = first & 0x7f
  if (count > TLV_MAX_LENGTH_BYTES) return { code: 'lengthTooLong', path, offset: start }
  const next = start + 1 + count
  if (next > end) return { code: 'truncated', path, offset: start }
  let value = 0
  for (const byte of bytes.subarray(start + 1, next)) value = value * 256 + byte
  return { value, next }
}

function isConstructed(firstTagByte: number): boolean {
  return (firstTagByte & 0x20) !== 0
}
