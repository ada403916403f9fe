/** A field is a length (fixed or prefixed) around a content; the two know nothing of each other. */
import type { Content, FlatValue, Reader, Writer } from './cursor.ts'
import type { PrefixCount } from './dialect-spec.ts'
import type { Prefix } from './prefix.ts'

export type FieldCodec = {
  /** Reads prefix and content; on a fault the result means nothing. */
  readonly read: (reader: Reader) => string
  /** The same, as bytes that never were a string. */
  readonly readBytes: (reader: Reader) => Uint8Array
  /** An upper bound of the bytes that `write` needs. */
  readonly bound: (value: FlatValue) => number
  readonly write: (writer: Writer, value: FlatValue) => void
  /** Bytes of the length prefix, 0 for a fixed field. */
  readonly prefixBytes: number
}

/** A field of exactly `length` units. */
export function fixedField(content: Content, length: number): FieldCodec {
  const wireBytes = content.wireBytes(length)
  return {
    prefixBytes: 0,
    read: (reader) => (reader.has(wireBytes) ? content.decode(reader, length) : ''),
    readBytes: (reader) =>
      reader.has(wireBytes) ? content.decodeBytes(reader, length) : new Uint8Array(0),
    bound: () => wireBytes,
    write(writer, value) {
      const units = content.measure(value)
      if (units !== length) writer.fail(units < length ? 'tooShort' : 'tooLong', length, units)
      else content.encode(writer, value, units)
    },
  }
}

export type VariableOptions = {
  readonly prefix: Prefix
  readonly count: PrefixCount
  readonly maximum: number
}

/** A field of up to `maximum` units behind a length prefix. */
export function variableField(content: Content, options: VariableOptions): FieldCodec {
  const { prefix, count, maximum } = options

  /** Units that follow, or -1 with the fault noted. */
  function readLength(reader: Reader): number {
    const start = reader.at
    const counted = prefix.read(reader)
    if (counted < 0) return -1
    const units = count === 'units' ? counted : unitsFromWire(reader, counted, start)
    if (units < 0) return -1
    if (units > maximum) {
      reader.fail('tooLong', start, maximum, units)
      return -1
    }
    return reader.has(content.wireBytes(units)) ? units : -1
  }

  function unitsFromWire(reader: Reader, counted: number, start: number): number {
    const wireBytes = count === 'nibbles' ? (counted + 1) >> 1 : counted
    if (wireBytes > content.wireBytes(maximum)) {
      reader.fail('tooLong', start, content.wireBytes(maximum), wireBytes)
      return -1
    }
    if (!reader.has(wireBytes)) return -1
    const units = Math.min(
      content.countedUnits?.(reader, wireBytes) ?? content.unitsIn(wireBytes),
      maximum,
    )
    if (content.wireBytes(units) === wireBytes) return units
    reader.fail('prefix', start, content.wireBytes(units), wireBytes)
    return -1
  }

  return {
    prefixBytes: prefix.size,
    read(reader) {
      const units = readLength(reader)
      return units < 0 ? '' : content.decode(reader, units)
    },
    readBytes(reader) {
      const units = readLength(reader)
      return units < 0 ? new Uint8Array(0) : content.decodeBytes(reader, units)
    },
    bound: (value) => prefix.size + content.wireBytes(Math.min(content.measure(value), maximum)),
    write(writer: Writer, value: FlatValue) {
      const units = content.measure(value)
      if (units > maximum) {
        writer.fail('tooLong', maximum, units)
        return
      }
      const wireBytes = content.wireBytes(units)
      prefix.write(
        writer,
        count === 'units' ? units : count === 'bytes' ? wireBytes : wireBytes * 2,
      )
      content.encode(writer, value, units)
    },
  }
}
