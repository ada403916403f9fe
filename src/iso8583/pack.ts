/** Writes a message into one buffer of its own, sized beforehand, so that card data is copied once and can be wiped in one place. */

import { isMacField } from './bitmap.ts'
import { fieldNumber } from './compile-fields.ts'
import type { JoinResult, Part } from './composite/composite.ts'
import { type FlatValue, Writer } from './cursor.ts'
import type { FieldCodec } from './field.ts'
import type { MessageLayout } from './layout.ts'
import type { PackInput, PackResult, PackValue } from './message.ts'

type Packing = PackInput & { readonly join: (field: string, parts: readonly Part[]) => JoinResult }

type Slot = { readonly number: number; readonly codec: FieldCodec; readonly value: FlatValue }

/** Never throws; see `Dialect.pack`. */
export function packMessage(layout: MessageLayout, { mti, fields, join }: Packing): PackResult {
  const slots: Slot[] = []
  let bound = layout.mti.bound(mti) + layout.bitmap.largest
  // Keys that are whole numbers come in ascending order; every other key is refused on the way.
  for (const key of Object.keys(fields)) {
    const number = fieldNumber(key, layout.lastField)
    const codec = layout.codecs[number]
    if (codec === undefined) return refused(key, 'unknownField')
    const given = fields[key]
    const joined = isParts(given) ? join(key, given) : null
    if (joined?.ok === false) return joined
    const value = joined === null ? given : joined.value
    if (typeof value !== 'string' && !(value instanceof Uint8Array)) return refused(key, 'value')
    slots.push({ number, codec, value })
    bound += codec.bound(value)
  }
  return write(layout, { mti, slots, writer: new Writer(bound) })
}

function isParts(value: PackValue | undefined): value is readonly Part[] {
  return Array.isArray(value)
}

function write(
  layout: MessageLayout,
  { mti, slots, writer }: { mti: string; slots: readonly Slot[]; writer: Writer },
): PackResult {
  let macInputLength: number | null = null
  let path = 'mti'
  layout.mti.write(writer, mti)
  if (writer.fault === null) {
    layout.bitmap.write(
      writer,
      slots.map((slot) => slot.number),
    )
    for (const { number, codec, value } of slots) {
      path = String(number)
      if (isMacField(number)) macInputLength = writer.at
      codec.write(writer, value)
      if (writer.fault !== null) break
    }
  }
  if (writer.fault === null) {
    return { ok: true, bytes: writer.bytes.subarray(0, writer.at), macInputLength }
  }
  // Half a message may hold a PAN: it does not stay behind.
  writer.bytes.fill(0)
  return { ok: false, error: { ...writer.fault, path: [path, ...writer.fault.path] } }
}

function refused(key: string, code: 'unknownField' | 'value'): PackResult {
  return { ok: false, error: { code, path: [key], offset: 0, need: 0, have: 0 } }
}
