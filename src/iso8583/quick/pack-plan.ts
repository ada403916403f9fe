/**
 * What the set of fields alone says about writing a message: the order, the bitmap, the bytes that never vary. Worked out once, it
 * serves all messages with the same fields, as a shape does for reading.
 */
import { type Bitmap, isMacField } from '../bitmap.ts'
import { type Content, Writer } from '../cursor.ts'
import type { FieldCodec, FieldSlot } from '../field.ts'
import type { PackInput, PackValue } from '../message.ts'
import type { Ink } from './ink.ts'

/** One field, taken apart: all steps look alike to the engine, whatever their fields are made of. */
export type PackStep = {
  readonly number: number
  readonly key: string
  readonly isFixed: boolean
  /** Units: exact when fixed, otherwise the maximum. */
  readonly length: number
  readonly charactersPerUnit: number
  /** For a text of ASCII; null: only `write` can write it. */
  readonly ink: Ink | null
  readonly measure: Content['measure']
  readonly begin: FieldCodec['begin']
  /** For any value, its length prefix included. */
  readonly write: FieldCodec['write']
  readonly bound: FieldCodec['bound']
}

export type PackPlan = {
  /** By ascending number. */
  readonly steps: readonly PackStep[]
  /** As it stands on the wire. */
  readonly bitmap: Uint8Array
  /** Bytes of the bitmap and of all fields of fixed length. */
  readonly fixedBytes: number
  /** Place in `steps` of DE 64 or DE 128, whichever comes last; -1 when there is none. */
  readonly mac: number
}

/** The plan for exactly these fields. Throws never; asks nothing of their values. */
export function planOf(bitmap: Bitmap, slots: readonly FieldSlot[]): PackPlan {
  const writer = new Writer(new Uint8Array(bitmap.wireBytes(slots.at(-1)?.number ?? 0)))
  bitmap.write(writer, slots)
  const fixed = slots.filter(({ codec }) => codec.prefix === null)
  return {
    steps: slots.map(stepOf),
    bitmap: writer.bytes,

    fixedBytes: fixed.reduce((sum, { codec }) => sum + codec.bound(0), writer.bytes.length),
    mac: slots.findLastIndex(({ number }) => isMacField(number)),
  }
}

function stepOf({ codec, key, number }: FieldSlot): PackStep {
  const { begin, bound, content, length, prefix, write } = codec
  const { charactersPerUnit, measure, quick } = content
  const isFixed = prefix === null
  const ink = quick?.ink ?? null
  return { number, key, isFixed, length, charactersPerUnit, ink, measure, begin, write, bound }
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
 * then `values` stand in the order of `steps`.
 */
function fits(
  { steps }: PackPlan,
  fields: PackInput['fields'],
  values: readonly PackValue[],
): boolean {
  if (steps.length !== values.length) return false
  for (let place = 0; place < steps.length; place++) {
    const number = steps[place]?.number ?? 0
    if (fields[number] === undefined) return false
  }
  return true
}
