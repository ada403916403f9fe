/** Writes a message into one buffer of its own, sized beforehand, so that card data is copied once and can be wiped in one place. */

import { isMacField } from './bitmap.ts'
import type { JoinResult, Part } from './composite/composite.ts'
import { type FlatValue, Writer } from './cursor.ts'
import type { FieldSlot, MessageLayout } from './layout.ts'
import type { PackInput, PackResult, PackValue } from './message.ts'

type Packing = PackInput & { readonly join: (field: string, parts: readonly Part[]) => JoinResult }

/** Never throws; see `Dialect.pack`. */
export function packMessage(layout: MessageLayout, { mti, fields, join }: Packing): PackResult {
  if (typeof mti !== 'string') return refused('mti', 'value')
  if (typeof fields !== 'object' || fields === null) return refused('fields', 'value')
  const slots: FieldSlot[] = []
  const values: FlatValue[] = []
  let bound = layout.mti.bound(mti)
  // Asking for the fields that there are is quicker than asking for the names of those given, which makes texts of numbers.
  for (const slot of layout.slots) {
    let value = fields[slot.number]
    if (value === undefined) continue
    if (isParts(value)) {
      const joined = join(slot.key, value)
      if (!joined.ok) return joined
      value = joined.value
    }
    if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
      return refused(slot.key, 'value')
    }
    slots.push(slot)
    values.push(value)
    bound += slot.codec.bound(value)
  }
  if (Object.values(fields).length !== slots.length) return refuseRest(fields, slots)
  const head = layout.bitmap.wireBytes(slots.at(-1)?.number ?? 0)
  return write(layout, mti, { slots, values, writer: new Writer(head + bound) })
}

/** Names the first field that was given and not taken. */
function refuseRest(fields: PackInput['fields'], taken: readonly FieldSlot[]): PackResult {
  const known = new Set(taken.map((slot) => slot.key))
  const [key = ''] = Object.keys(fields).filter((one) => !known.has(one))
  return refused(key, fields[key] === undefined ? 'value' : 'unknownField')
}

function isParts(value: PackValue | undefined): value is readonly Part[] {
  return Array.isArray(value)
}

type Prepared = {
  readonly slots: readonly FieldSlot[]
  /** As many, in the same order. */
  readonly values: readonly FlatValue[]
  readonly writer: Writer
}

function write(
  layout: MessageLayout,
  mti: string,
  { slots, values, writer }: Prepared,
): PackResult {
  let macInputLength: number | null = null
  layout.mti.write(writer, mti)
  if (writer.fault !== null) return failed(writer, 'mti')
  layout.bitmap.write(writer, slots)
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index]
    const value = values[index]
    if (slot === undefined || value === undefined) break
    if (isMacField(slot.number)) macInputLength = writer.at
    slot.codec.write(writer, value)
    if (writer.fault !== null) return failed(writer, String(slot.number))
  }
  const { bytes, at } = writer
  return { ok: true, bytes: at === bytes.length ? bytes : bytes.subarray(0, at), macInputLength }
}

function failed(writer: Writer, path: string): PackResult {
  // Half a message may hold a PAN: it does not stay behind.
  writer.bytes.fill(0)
  const fault = writer.fault ?? { code: 'value', path: [], offset: writer.at, need: 0, have: 0 }
  return { ok: false, error: { ...fault, path: [path, ...fault.path] } }
}

function refused(key: string, code: 'unknownField' | 'value'): PackResult {
  return { ok: false, error: { code, path: [key], offset: 0, need: 0, have: 0 } }
}
