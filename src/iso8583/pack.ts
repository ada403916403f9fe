/** Writes a message into one piece of memory, sized beforehand, so that card data is copied once and can be wiped in one place. */
import type { JoinResult, Part } from './composite/composite.ts'
import { isFlat, Writer } from './cursor.ts'
import type { CodecError } from './fault.ts'
import type { MessageLayout } from './layout.ts'
import type { PackInput, PackResult } from './message.ts'
import { type PackPlan, planOf } from './quick/pack-plan.ts'
import type { Script } from './quick/pen.ts'

type Packing = PackInput & { readonly join: (field: string, parts: readonly Part[]) => JoinResult }

/** Never throws; see `Dialect.pack`. */
export function packMessage(layout: MessageLayout, { mti, fields, join }: Packing): PackResult {
  if (typeof mti !== 'string') return refused('mti', 'value')
  if (typeof fields !== 'object' || fields === null) return refused('fields', 'value')
  const given = Object.values(fields)
  const plan = layout.plans.find(fields, given) ?? newPlan(layout, fields, given.length)
  if (plan === null) return refuseRest(layout, fields)
  for (let place = 0; place < given.length; place++) {
    const value = given[place]
    if (isFlat(value)) continue
    const key = plan.steps[place]?.key ?? ''
    if (value === undefined) return refused(key, 'value')
    const joined = join(key, value)
    if (!joined.ok) return joined
    given[place] = joined.value
  }
  const script = { plan, values: given }
  return layout.pen(layout, mti, script) ?? writeCarefully(layout, mti, script)
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

/** Field by field: knows what is wrong, and where. */
function writeCarefully(
  { mti: mtiCodec, memory }: MessageLayout,
  mti: string,
  { plan, values }: Script,
): PackResult {
  const { steps, bitmap, mac } = plan
  const mtiUnits = mtiCodec.content.measure(mti)
  let bound = mtiCodec.bound(mtiUnits) + plan.fixedBytes
  for (const [place, step] of steps.entries()) {
    const value = values[place]
    if (isFlat(value) && !step.isFixed) bound += step.bound(step.measure(value))
  }
  const writer = new Writer(memory(bound))
  mtiCodec.write(writer, mti, mtiUnits)
  if (writer.fault !== null) return failed(writer, writer.fault, 'mti')
  writer.bytes.set(bitmap, writer.at)
  writer.at += bitmap.length
  let macInputLength: number | null = null
  for (const [place, step] of steps.entries()) {
    const value = values[place]
    if (place === mac) macInputLength = writer.at
    if (isFlat(value)) step.write(writer, value, step.measure(value))
    if (writer.fault !== null) return failed(writer, writer.fault, step.key)
  }
  return { ok: true, bytes: writer.bytes.subarray(0, writer.at), macInputLength }
}

function failed(writer: Writer, fault: CodecError, path: string): PackResult {
  // Half a message may hold a PAN: it does not stay behind.
  writer.bytes.fill(0)
  return { ok: false, error: { ...fault, path: [path, ...fault.path] } }
}

function refused(key: string, code: 'unknownField' | 'value'): PackResult {
  return { ok: false, error: { code, path: [key], offset: 0, need: 0, have: 0 } }
}
