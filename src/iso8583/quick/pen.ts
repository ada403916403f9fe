/**
 * The quick way to write a message: every text with the ink of its field. Whatever is not as most messages are is left to the careful way, which
 * can say what is wrong.
 */
import { encodeAscii } from '../characters/ascii.ts'
import { Writer } from '../cursor.ts'
import type { FieldCodec } from '../field.ts'
import type { PackResult, PackValue } from '../message.ts'
import { type Ink, writeCodes, writeText } from './ink.ts'
import type { Memory } from './memory.ts'
import type { PackPlan, PackStep } from './pack-plan.ts'

/** Of one text; as much as a field of 999 bytes has in hex. */
const MOST_CHARACTERS = 2048
/** Up to here asking a text for its characters beats the fixed cost of asking the platform for all (measured on Node 24). */
const SHORT = 24

type Paper = { readonly memory: Memory; readonly mti: FieldCodec }
/** What to write. `values` are flat, one for each step of the plan. */
export type Script = { readonly plan: PackPlan; readonly values: readonly PackValue[] }

/** The message, or null when the careful way is to write it. */
export type Pen = (paper: Paper, mti: string, script: Script) => PackResult | null

/** Room for the characters of one value, wiped after use. Keeps nothing between calls. */
export function createPen(): Pen {
  const room = new Uint8Array(MOST_CHARACTERS)

  return ({ memory, mti: mtiCodec }, mti, script) => {
    const size = sizeOf(script)
    if (size < 0) return null
    const writer = new Writer(memory(mtiCodec.bound(mti.length) + size))
    mtiCodec.write(writer, mti, mti.length)
    const macInputLength = writeAll(writer, script, room)
    // What could not be written leaves the pen short of the end.
    if (writer.at === writer.bytes.length) {
      return { ok: true, bytes: writer.bytes, macInputLength: macInputLength || null }
    }
    writer.bytes.fill(0)
    return null
  }
}

/** Bytes of all but the MTI, or -1 when a value has the wrong length. */
function sizeOf({ plan, values }: Script): number {
  const { steps } = plan
  let size = plan.fixedBytes
  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]
    const value = values[place]
    if (step === undefined || value === undefined) return -1
    const units = unitsOf(step, value)
    if (units < 0 || units > step.length || (step.isFixed && units < step.length)) return -1
    if (!step.isFixed) size += step.bound(units)
  }
  return size
}

/** -1 when a text is half a unit too long, or when the value is in parts. */
function unitsOf({ charactersPerUnit, ink, measure }: PackStep, value: PackValue): number {
  if (typeof value !== 'string') return value instanceof Uint8Array ? measure(value) : -1
  if (ink === null) return measure(value)
  if (charactersPerUnit === 1) return value.length
  return (value.length & 1) === 0 ? value.length >> 1 : -1
}

/** Gives the bytes in front of the MAC, 0 when there is none. Stops at a value that cannot be written. */
function writeAll(writer: Writer, { plan, values }: Script, room: Uint8Array): number {
  const { bitmap, mac, steps } = plan
  const { bytes } = writer
  for (let index = 0; index < bitmap.length; index++) bytes[writer.at++] = bitmap[index] ?? 0
  let macInputLength = 0
  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]
    const value = values[place]
    if (step === undefined || value === undefined) break
    if (place === mac) macInputLength = writer.at
    const { charactersPerUnit, ink } = step
    if (typeof value === 'string' && ink !== null) {
      const count = value.length
      if (!step.isFixed) step.begin(writer, charactersPerUnit === 1 ? count : count >> 1)
      writer.at = writeValue(writer, ink, value, room)
      if (writer.at < 0) break
    } else if (typeof value === 'string' || value instanceof Uint8Array) {
      step.write(writer, value, step.measure(value))
      if (writer.fault !== null) break
    }
  }
  return macInputLength
}

/** Gives the place behind the value, or -1 when it is not of the ink's characters. */
function writeValue(writer: Writer, ink: Ink, value: string, room: Uint8Array): number {
  if (value.length <= SHORT || (value.length & 1) === 1) return writeText(writer, ink, value)
  const isAscii = encodeAscii(value, room)
  const end = isAscii ? writeCodes(writer, ink, room, value.length) : -1
  room.fill(0, 0, isAscii ? value.length : MOST_CHARACTERS)
  return end
}
