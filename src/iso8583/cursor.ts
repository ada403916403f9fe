/**
 * The places where reading and writing stand. Both carry the first fault instead of throwing it, so that the hot path has no
 * exceptions and no result objects per field.
 */

import type { CodecError, FaultCode } from './fault.ts'
import { type Alphabet, firstRefused } from './quick/alphabet.ts'
import type { Ink } from './quick/ink.ts'

export class Reader {
  readonly bytes: Uint8Array
  at = 0
  end: number
  fault: CodecError | null = null

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = from
    this.end = end
  }

  /** True when `count` more bytes are there; otherwise the fault is noted. */
  has(count: number): boolean {
    if (this.end - this.at >= count) return true
    this.fail('truncated', this.at, count, this.end - this.at)
    return false
  }

  fail(code: FaultCode, offset: number, need: number, have: number): void {
    this.fault ??= { code, path: [], offset, need, have }
  }
}

export class Writer {
  readonly bytes: Uint8Array
  at = 0
  fault: CodecError | null = null

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  fail(code: FaultCode, need: number, have: number): void {
    this.fault ??= { code, path: [], offset: this.at, need, have }
  }
}

/** What a field may be packed from: text, or bytes (ASCII for digits and track, wire bytes for text, raw for binary). */
export type FlatValue = string | Uint8Array

/** Callers without types can give anything. */
export function isFlat(value: unknown): value is FlatValue {
  return typeof value === 'string' || value instanceof Uint8Array
}

/** Character code or byte at `index`; NaN behind the end. */
export function codeAt(value: FlatValue, index: number): number {
  return typeof value === 'string' ? value.charCodeAt(index) : (value[index] ?? Number.NaN)
}

/**
 * The inside of a field: tells good bytes from bad ones, and turns good ones into a value and back. The field around it knows the length.
 * `text` and `copy` may be asked for bytes that changed after they were checked: then they give nonsense, but never throw.
 */
export type Content = {
  /** Bytes on the wire for so many units. */
  readonly wireBytes: (units: number) => number
  /** Units in so many bytes on the wire; used when a prefix counts bytes. The bytes are there, and may tell more: a last nibble F is filler. */
  readonly unitsIn: (wireBytes: number, reader: Reader) => number
  /** Moves over `units` good ones, or notes what is wrong with them; the bytes are there. */
  readonly check: (reader: Reader, units: number) => void
  /** What `check` takes, said as alphabets, for reading many fields at once. Null: only `check` can tell. It may refuse more than `check` does. */
  readonly quick: QuickContent | null
  /** The value of bytes that were checked. */
  readonly text: (bytes: Uint8Array, at: number, units: number) => string
  /** The same as bytes, without any string in between. */
  readonly copy: (bytes: Uint8Array, at: number, units: number) => Uint8Array
  /** Characters of a text that make one unit, unless some take several bytes. */
  readonly charactersPerUnit: 1 | 2
  /** Units of a value to be packed; text that cannot be encoded is found later. */
  readonly measure: (value: FlatValue) => number
  /** Writes the value; `units` is what `measure` said. */
  readonly encode: (writer: Writer, value: FlatValue, units: number) => void
}

export type QuickContent = {
  /** On the wire, of one unit: a digit of BCD, a byte, or two characters of hex. */
  readonly nibbles: 1 | 2 | 4
  /** Whether the value is the hex digits of the wire bytes, or one character for each byte. Null: only `text` can tell. */
  readonly look: 'hex' | 'latin1' | null
  readonly alphabet: Alphabet
  /** Of an odd number of units, the one byte that differs. Null: none does. */
  readonly odd: { readonly place: 'first' | 'last'; readonly alphabet: Alphabet } | null
  /** How a text of ASCII is written: exactly as `encode` would. */
  readonly ink: Ink
}

/** The checked value of `units` at the reader; empty, with the fault noted, when it is wrong. */
export function readText(content: Content, reader: Reader, units: number): string {
  const { at } = reader
  content.check(reader, units)
  return reader.fault === null ? content.text(reader.bytes, at, units) : ''
}

/** The same as bytes. */
export function readCopy(content: Content, reader: Reader, units: number): Uint8Array {
  const { at } = reader
  content.check(reader, units)
  return reader.fault === null ? content.copy(reader.bytes, at, units) : new Uint8Array(0)
}

/** Moves over `count` bytes, or notes which of them is refused. */
export function skipAllowed(reader: Reader, alphabet: Alphabet, count: number): void {
  const end = reader.at + count
  const wrong = firstRefused(reader.bytes, alphabet, { from: reader.at, end })
  if (wrong >= 0) reader.fail('alphabet', wrong, 0, 1)
  else reader.at = end
}
