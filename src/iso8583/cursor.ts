/**
 * The places where reading and writing stand. Both carry the first fault instead of throwing it, so that the hot path has no
 * exceptions and no result objects per field.
 */
import type { CodecError, FaultCode } from './fault.ts'
import type { Gather } from './gather.ts'

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

  constructor(bound: number) {
    this.bytes = new Uint8Array(bound)
  }

  fail(code: FaultCode, need: number, have: number): void {
    this.fault ??= { code, path: [], offset: this.at, need, have }
  }
}

/** What a field may be packed from: text, or bytes (ASCII for digits and track, wire bytes for text, raw for binary). */
export type FlatValue = string | Uint8Array

/** Character code or byte at `index`; -1 behind the end. */
export function codeAt(value: FlatValue, index: number): number {
  return typeof value === 'string'
    ? index < value.length
      ? value.charCodeAt(index)
      : -1
    : (value[index] ?? -1)
}

/** The inside of a field: turns a known number of units into a value and back. The field around it knows the length. */
export type Content = {
  /** Bytes on the wire for so many units. */
  readonly wireBytes: (units: number) => number
  /** Units in so many bytes on the wire; used when a prefix counts bytes. */
  readonly unitsIn: (wireBytes: number) => number
  /** Like `unitsIn` where the bytes themselves tell more: a last nibble F is filler. The bytes are there. */
  readonly countedUnits?: (reader: Reader, wireBytes: number) => number
  /** Reads `units` at `reader.at`; the bytes are there. Moves on. On a fault the result means nothing. */
  readonly decode: (reader: Reader, units: number) => string
  /**
   * The quick way of `decode`: puts the characters behind those of other fields. False when it cannot, for whatever reason: `decode` then
   * reads the field, and says what is wrong with it if anything is.
   */
  readonly append?: (reader: Reader, units: number, gather: Gather) => boolean
  /** The same as bytes, without any string in between. */
  readonly decodeBytes: (reader: Reader, units: number) => Uint8Array
  /** Units of a value to be packed; text that cannot be encoded is found later. */
  readonly measure: (value: FlatValue) => number
  /** Writes the value; `units` is what `measure` said. */
  readonly encode: (writer: Writer, value: FlatValue, units: number) => void
}
