/** Our codec, as anyone would use it. */
import type { Dialect } from '#iso8583/dialect.ts'
import type { MessageView } from '#iso8583/message-view.ts'
import type { Contestant, Sample } from './contestant.ts'

/** Throws when the dialect cannot read or write the sample. */
export function ourCodec(
  dialect: Dialect,
  { mti, fields, bytes }: Sample,
): Contestant & { readonly offsets: Readonly<Record<string, number>> } {
  function unpack(): MessageView {
    const result = dialect.unpack(bytes)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.message
  }

  function pack(): Uint8Array {
    const result = dialect.pack({ mti, fields })
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.bytes
  }

  const numbers = Object.keys(fields).map(Number)
  return {
    name: 'suretill',
    unpack,
    unpackAndReadAll() {
      const { mti: type, fields: values } = unpack()
      let sum = type.length
      for (const number of numbers) sum += values[number]?.length ?? 0
      return sum
    },
    pack,
    values: () => unpack().fields,
    packed: pack,
    offsets: unpack().offsets,
  }
}
