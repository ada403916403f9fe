/** A field is a length (fixed or prefixed) around a content; the two know nothing of each other. */
import {
  type Content,
  type FlatValue,
  type Reader,
  readCopy,
  readText,
  type Writer,
} from './cursor.ts'
import type { PrefixCount } from './dialect/dialect-spec.ts'
import { type Prefix, readPrefix } from './prefix.ts'

export type FieldCodec = {
  /** Reads prefix and content; on a fault the result means nothing. */
  readonly read: (reader: Reader) => string
  /** Checks prefix and content and moves on; gives the units. On a fault the result means nothing. */
  readonly skip: (reader: Reader) => number
  /** The same, as bytes that never were a string. */
  readonly readBytes: (reader: Reader) => Uint8Array
  /** An upper bound of the bytes that `write` needs for so many units. */
  readonly bound: (units: number) => number
  /** Writes what stands in front of so many units: their length prefix, if they have one. */
  readonly begin: (writer: Writer, units: number) => void
  /** `units` is what the content's `measure` says of the value. */
  readonly write: (writer: Writer, value: FlatValue, units: number) => void
  readonly content: Content
  /** Null when fixed. */
  readonly prefix: Prefix | null
  readonly count: PrefixCount
  /** Units: exact when fixed, otherwise the maximum. */
  readonly length: number
}

/** A field of a message. */
export type FieldSlot = {
  readonly number: number
  readonly key: string
  readonly codec: FieldCodec
}

/** What reading is in terms of `units`, which finds out how many there are and leaves the reader in front of them, or notes a fault. */
function reading(
  content: Content,
  units: (reader: Reader) => number,
): Pick<FieldCodec, 'read' | 'skip' | 'readBytes'> {
  return {
    read(reader) {
      const count = units(reader)
      return reader.fault === null ? readText(content, reader, count) : ''
    },
    readBytes(reader) {
      const count = units(reader)
      return reader.fault === null ? readCopy(content, reader, count) : new Uint8Array(0)
    },
    skip(reader) {
      const count = units(reader)
      if (reader.fault === null) content.check(reader, count)
      return count
    },
  }
}

/** A field of exactly `length` units. */
export function fixedField(content: Content, length: number): FieldCodec {
  const wireBytes = content.wireBytes(length)

  function readUnits(reader: Reader): number {
    reader.has(wireBytes)
    return length
  }

  return {
    ...reading(content, readUnits),
    content,
    prefix: null,
    count: 'units',
    length,
    bound: () => wireBytes,
    begin() {},
    write(writer, value, units) {
      if (units !== length) writer.fail(units < length ? 'tooShort' : 'tooLong', length, units)
      else content.encode(writer, value, units)
    },
  }
}

/** A field whose length stands outside of it, as in TLV: it takes everything up to `reader.end`. */
export function wholeField(content: Content, length: number, variable: boolean): FieldCodec {
  function readUnits(reader: Reader): number {
    const { at: start, end } = reader
    const wireBytes = end - start
    if (variable) return unitsFromWire(content, length, { reader, start, wireBytes })
    const need = content.wireBytes(length)
    if (wireBytes !== need) {
      reader.fail(wireBytes < need ? 'tooShort' : 'tooLong', start, need, wireBytes)
    }
    return length
  }

  return {
    ...reading(content, readUnits),
    content,
    prefix: null,
    count: 'units',
    length,
    bound: content.wireBytes,
    begin() {},
    write(writer, value, units) {
      if (units > length) writer.fail('tooLong', length, units)
      else if (units < length && !variable) writer.fail('tooShort', length, units)
      else content.encode(writer, value, units)
    },
  }
}

type Counted = { readonly reader: Reader; readonly start: number; readonly wireBytes: number }

/** Units in bytes that were counted outside; a fault is noted when they are too many, missing or no whole number. */
function unitsFromWire(content: Content, maximum: number, counted: Counted): number {
  const { reader, start, wireBytes } = counted
  const most = content.wireBytes(maximum)
  if (wireBytes > most) reader.fail('tooLong', start, most, wireBytes)
  else reader.has(wireBytes)
  // An odd maximum leaves room for one filler nibble, which the byte count includes.
  const units = Math.min(content.unitsIn(wireBytes, reader), maximum)
  const taken = content.wireBytes(units)
  if (taken !== wireBytes) reader.fail('prefix', start, taken, wireBytes)
  return units
}

export type VariableOptions = {
  readonly prefix: Prefix
  readonly count: PrefixCount
  readonly maximum: number
}

/** A field of up to `maximum` units behind a length prefix. */
export function variableField(content: Content, options: VariableOptions): FieldCodec {
  const { prefix, count, maximum } = options

  /** Units that follow. */
  function readLength(reader: Reader): number {
    const start = reader.at
    const counted = readPrefix(prefix, reader)
    const units =
      count === 'units'
        ? counted
        : unitsFromWire(content, maximum, {
            reader,
            start,
            wireBytes: count === 'nibbles' ? Math.ceil(counted / 2) : counted,
          })
    if (units > maximum) reader.fail('tooLong', start, maximum, units)
    else reader.has(content.wireBytes(units))
    return units
  }

  function begin(writer: Writer, units: number): void {
    const wireBytes = content.wireBytes(units)
    prefix.write(writer, count === 'units' ? units : count === 'bytes' ? wireBytes : wireBytes * 2)
  }

  return {
    ...reading(content, readLength),
    content,
    prefix,
    count,
    length: maximum,
    bound: (units) => prefix.size + content.wireBytes(Math.min(units, maximum)),
    begin,
    write(writer, value, units) {
      if (units > maximum) {
        writer.fail('tooLong', maximum, units)
        return
      }
      begin(writer, units)
      content.encode(writer, value, units)
    },
  }
}
