/** Reads a message: MTI, bitmap, then the fields that the bitmap names, to the last byte. */
import { Reader } from './cursor.ts'
import type { MessageLayout } from './layout.ts'
import type { Message, UnpackOptions, UnpackResult } from './message.ts'
import type { Shape } from './shape.ts'

/** Larger messages are not looked at: 192 fields of 999 bytes fit. */
export const MAX_MESSAGE_BYTES = 262_144

const NO_FIELDS: readonly string[] = []

/** Never throws; see `Dialect.unpack`. */
export function unpackMessage(
  layout: MessageLayout,
  input: Uint8Array,
  options: UnpackOptions,
): UnpackResult {
  const reader = new Reader(input)
  const nothing: Message = { mti: '', fields: {}, bytes: {} }
  if (input.length > MAX_MESSAGE_BYTES) {
    reader.fail('limit', 0, MAX_MESSAGE_BYTES, input.length)
    return failure(reader, [], nothing)
  }
  const mti = layout.mti.read(reader)
  if (reader.fault !== null) return failure(reader, ['mti'], { ...nothing, mti })
  const words = layout.bitmap.read(reader)
  if (reader.fault !== null) return failure(reader, ['bitmap'], { ...nothing, mti })
  const shape = layout.shapes.of(words, options.asBytes ?? NO_FIELDS)
  const values = readFields(layout, shape, reader)
  const { steps } = shape
  if (reader.fault !== null) {
    const path = steps[values.read]?.key
    return failure(reader, path === undefined ? [] : [path], partOf(mti, shape, values))
  }
  const fields = { ...shape.emptyFields }
  const offsets = { ...shape.emptyOffsets }
  let macInputLength: number | null = null
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]
    const offset = values.offsets[index] ?? 0
    if (step === undefined) continue
    offsets[step.number] = offset
    if (step.isMac) macInputLength = offset
    if (!step.asBytes) fields[step.number] = textOf(values, index)
  }
  return { ok: true, message: { mti, fields, bytes: values.bytes }, offsets, macInputLength }
}

/** What was read, by the place of the field in the message. */
type Values = {
  /** Fields read whole; the next one is the one at fault. */
  read: number
  readonly offsets: number[]
  /** Where the text of a field begins in `text`, and behind the last one its end. */
  readonly starts: number[]
  /** The texts that were gathered, one after the other. */
  text: string
  /** The texts that were not, by place. */
  alone: Map<number, string> | null
  readonly bytes: Record<string, Uint8Array>
}

function readFields({ gather }: MessageLayout, { steps }: Shape, reader: Reader): Values {
  const values: Values = { read: 0, offsets: [], starts: [], text: '', alone: null, bytes: {} }
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]
    if (step === undefined) break
    const { codec } = step
    values.offsets.push(reader.at)
    values.starts.push(gather.at)
    if (codec === undefined) reader.fail('unknownField', reader.at, 0, 1)
    else if (step.asBytes) {
      const bytes = codec.readBytes(reader)
      if (reader.fault === null) values.bytes[step.key] = bytes
    } else if (!codec.append(reader, gather)) {
      values.alone ??= new Map()
      values.alone.set(index, codec.read(reader))
    }
    if (reader.fault !== null) break
    values.read++
  }
  if (reader.fault === null && reader.at < reader.end) {
    reader.fail('leftover', reader.at, 0, reader.end - reader.at)
  }
  values.starts.push(gather.at)
  values.text = gather.take()
  return values
}

function textOf({ text, starts, alone }: Values, index: number): string {
  return alone?.get(index) ?? text.slice(starts[index], starts[index + 1])
}

/** The fields in front of the one at fault. */
function partOf(mti: string, { steps }: Shape, values: Values): Message {
  const fields: Record<string, string> = {}
  for (const [index, step] of steps.slice(0, values.read).entries()) {
    if (!step.asBytes) fields[step.key] = textOf(values, index)
  }
  return { mti, fields, bytes: values.bytes }
}

function failure(reader: Reader, path: readonly string[], parsed: Message): UnpackResult {
  const fault = reader.fault ?? { code: 'value', path: [], offset: reader.at, need: 0, have: 0 }
  return { ok: false, error: { ...fault, path: [...path, ...fault.path] }, parsed }
}
