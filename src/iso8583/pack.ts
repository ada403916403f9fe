/** Writes a message into one buffer of its own, sized beforehand, so that card data is copied once and can be wiped in one place. */
import type { JoinResult, Part } from './composite/composite.ts'
import { Writer } from './cursor.ts'
import type { FieldCodec } from './field.ts'
import type { MessageLayout } from './layout.ts'
import type { PackInput, PackResult, PackValue } from './message.ts'
import { type PackPlan, type PackStep, planOf } from './quick/pack-plan.ts'

type Packing = PackInput & { readonly join: (field: string, parts: readonly Part[]) => JoinResult }

/** Never throws; see `Dialect.pack`. */
export function packMessage(layout: MessageLayout, { mti, fields, join }: Packing): PackResult {
  if (typeof mti !== 'string') return refused('mti', 'value')
  if (typeof fields !== 'object' || fields === null) return refused('fields', 'value')
  const given = Object.values(fields)
  const plan = layout.plans.find(fields, given) ?? newPlan(layout, fields, given.length)
  if (plan === null) return refuseRest(layout, fields)
  const { steps } = plan
  let bound = plan.fixedBytes
  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]
    let value = given[place]
    if (step === undefined) break
    if (typeof value !== 'string') {
      if (isParts(value)) {
        const joined = join(step.key, value)
        if (!joined.ok) return joined
        value = joined.value
        given[place] = value
      }
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
        return refused(step.key, 'value')
      }
    }
    if (step.length < 0) bound += step.bound(step.measure(value))
  }
  return write(layout.mti, mti, { plan, values: given, bound })
}

/** Null when something was given that is no field, or has no value. */
function newPlan(
  layout: MessageLayout,
  fields: PackInput['fields'],
  given: number,
): PackPlan | null {
  const slots = layout.slots.filter(({ number }) => fields[number] !== undefined)
  if (slots.length !== given) return null
  const plan = planOf(layout.bitmap, slots)
  layout.plans.keep(plan)
  return plan
}

/** Names the first field that was given and cannot be taken. */
function refuseRest({ slots }: MessageLayout, fields: PackInput['fields']): PackResult {
  const known = new Set(slots.map(({ key }) => key))
  const [key = ''] = Object.keys(fields).filter(
    (one) => !known.has(one) || fields[one] === undefined,
  )
  return refused(key, fields[key] === undefined ? 'value' : 'unknownField')
}

function isParts(value: PackValue | undefined): value is readonly Part[] {
  return Array.isArray(value)
}

type Prepared = {
  readonly plan: PackPlan
  /** Flat, one for each step of the plan. */
  readonly values: readonly PackValue[]
  /** Bytes of all but the MTI, or somewhat more. */
  readonly bound: number
}

function write(mtiCodec: FieldCodec, mti: string, { plan, values, bound }: Prepared): PackResult {
  const { steps, bitmap, mac } = plan
  const mtiUnits = mtiCodec.content.measure(mti)
  const writer = new Writer(mtiCodec.bound(mtiUnits) + bound)
  mtiCodec.write(writer, mti, mtiUnits)
  if (writer.fault !== null) return failed(writer, 'mti')
  const { bytes } = writer
  for (let index = 0; index < bitmap.length; index++) bytes[writer.at++] = bitmap[index] ?? 0
  let macInputLength: number | null = null
  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]
    const value = values[place]
    if (step === undefined) break
    if (place === mac) macInputLength = writer.at
    if (typeof value === 'string') {
      if (value.length === step.characters && wroteWhole(writer, step, value)) continue
    } else if (!(value instanceof Uint8Array)) break
    step.write(writer, value, step.measure(value))
    if (writer.fault !== null) return failed(writer, step.key)
  }
  const { at } = writer
  return { ok: true, bytes: at === bytes.length ? bytes : bytes.subarray(0, at), macInputLength }
}

/** Most fixed fields are as long as their text. Whatever is not as expected is taken back, for the careful way to say what is wrong. */
function wroteWhole(
  writer: Writer,
  { encode, length, wireBytes }: PackStep,
  value: string,
): boolean {
  const from = writer.at
  encode(writer, value, length)
  if (writer.at === from + wireBytes && writer.fault === null) return true
  writer.at = from
  writer.fault = null
  return false
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
