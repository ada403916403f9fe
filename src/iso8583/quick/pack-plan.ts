/**
 * What the set of fields alone says about writing a message: the order, the bitmap, the bytes that never vary. Worked out once, it
 * serves all messages with the same fields, as a shape does for reading.
 */
import { type Bitmap, isMacField } from '../bitmap.ts'
import { type FlatValue, Writer } from '../cursor.ts'
import type { FieldSlot } from '../field.ts'
import type { PackInput, PackValue } from '../message.ts'

export type PackPlan = {
  /** Ascending. */
  readonly slots: readonly FieldSlot[]
  /** As it stands on the wire. */
  readonly bitmap: Uint8Array
  /** Bytes of the bitmap and of all fields of fixed length. */
  readonly fixedBytes: number
  /** To be copied and filled, one for each slot: a copy costs less than an array that grows. */
  readonly noValues: readonly FlatValue[]
  readonly noUnits: readonly number[]
  /** Place in `slots` of DE 64 or DE 128, whichever comes last; -1 when there is none. */
  readonly mac: number
}

/** The plan for exactly these fields. Throws never; asks nothing of their values. */
export function planOf(bitmap: Bitmap, slots: readonly FieldSlot[]): PackPlan {
  const writer = new Writer(bitmap.wireBytes(slots.at(-1)?.number ?? 0))
  bitmap.write(writer, slots)
  const fixed = slots.filter(({ codec }) => codec.prefix === null)
  return {
    slots,
    bitmap: writer.bytes,
    fixedBytes: fixed.reduce((sum, { codec }) => sum + codec.bound(0), writer.bytes.length),
    noValues: slots.map(() => ''),
    noUnits: slots.map(() => 0),
    mac: slots.findLastIndex(({ number }) => isMacField(number)),
  }
}

/** Sets of fields kept per dialect: a terminal sends about as many kinds of messages. Others are written a little slower. */
const MAX_PLANS = 32

export type PackPlans = {
  /** The plan whose fields are all given, or null. `values` are those of `fields`, all of them. */
  readonly find: (fields: PackInput['fields'], values: readonly PackValue[]) => PackPlan | null
  readonly keep: (plan: PackPlan) => void
}

/** An empty memory, for one dialect. */
export function createPackPlans(): PackPlans {
  const kept: PackPlan[] = []
  let recent: PackPlan | null = null
  return {
    find(fields, values) {
      if (recent !== null && fits(recent, fields, values)) return recent
      for (const plan of kept) {
        if (fits(plan, fields, values)) {
          recent = plan
          return plan
        }
      }
      return null
    },
    keep(plan) {
      if (kept.length < MAX_PLANS) kept.push(plan)
    },
  }
}

/**
 * True when the fields of the plan are there, and none besides. Names that are whole numbers come first and ascending in any object, so
 * then `values` stand in the order of `slots`.
 */
function fits(
  { slots }: PackPlan,
  fields: PackInput['fields'],
  values: readonly PackValue[],
): boolean {
  if (slots.length !== values.length) return false
  for (let place = 0; place < slots.length; place++) {
    const number = slots[place]?.number ?? 0
    if (fields[number] === undefined) return false
  }
  return true
}
