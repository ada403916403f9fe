/** Reads a message: MTI, bitmap, then the fields that the bitmap names, to the last byte. */
import { Reader } from './cursor.ts'
import type { CodecError } from './fault.ts'
import type { FieldCodec } from './field.ts'
import type { MessageLayout } from './layout.ts'
import type { Message, UnpackOptions, UnpackResult } from './message.ts'
import { MessageView, type Reading } from './message-view.ts'
import { type Marks, offsetOf } from './quick/place.ts'
import { scan } from './quick/scan.ts'
import { fieldsOf, shapeOf } from './quick/shape.ts'

/** Larger messages are not looked at: 192 fields of 999 bytes fit. */
export const MAX_MESSAGE_BYTES = 262_144

const NO_FIELDS: readonly string[] = []

/** Never throws; see `Dialect.unpack`. */
export function unpackMessage(
  layout: MessageLayout,
  input: Uint8Array,
  { asBytes = NO_FIELDS }: UnpackOptions,
): UnpackResult {
  if (input.length <= MAX_MESSAGE_BYTES) {
    const shape = layout.shapes.find(input)
    const marks = shape === null ? null : scan(shape, input)
    if (shape !== null && marks !== null)
      return good(input, { shape, marks, asBytes, easel: layout.easel })
  }
  return unpackCarefully(layout, input, asBytes)
}

function good(input: Uint8Array, reading: Reading): UnpackResult {
  const { marks, shape } = reading
  return {
    ok: true,
    message: new MessageView(input, reading),
    macInputLength: shape.mac === null ? null : offsetOf(shape.mac, marks),
  }
}

/** Field by field: knows what is wrong, and where. Messages with a new head come here, and those that the quick pass did not take. */
function unpackCarefully(
  layout: MessageLayout,
  input: Uint8Array,
  asBytes: readonly string[],
): UnpackResult {
  const reader = new Reader(input)
  if (input.length > MAX_MESSAGE_BYTES) {
    const need = MAX_MESSAGE_BYTES
    const fault: CodecError = { code: 'limit', path: [], offset: 0, need, have: input.length }
    return failure(fault, [], { mti: '', fields: {}, bytes: {} })
  }
  const mti = layout.mti.read(reader)
  if (reader.fault !== null) return failure(reader.fault, ['mti'], { mti, fields: {}, bytes: {} })
  const words = layout.bitmap.read(reader)
  if (reader.fault !== null)
    return failure(reader.fault, ['bitmap'], { mti, fields: {}, bytes: {} })
  const head = { bytes: new Uint8Array(input.subarray(0, reader.at)), mti }
  const known = layout.shapes.find(input)
  const codecs: (readonly [number, FieldCodec])[] = []
  const marks: Marks = [0]
  let wrong: number | null = null
  for (const number of fieldsOf(words, layout.lastField)) {
    const codec = layout.codecs[number]
    const units = codec === undefined ? -1 : codec.skip(reader)
    if (codec === undefined) reader.fail('unknownField', reader.at, 0, 1)
    if (codec === undefined || reader.fault !== null) {
      wrong = number
      break
    }
    codecs.push([number, codec])
    if (codec.prefix !== null) marks.push(units, reader.at)
  }
  if (reader.at < reader.end) reader.fail('leftover', reader.at, 0, reader.end - reader.at)
  const shape = known !== null && wrong === null ? known : shapeOf(head, codecs)
  const reading: Reading = { shape, marks, asBytes, easel: null }
  if (reader.fault !== null) {
    const { fields, bytes } = new MessageView(input, reading)
    return failure(reader.fault, wrong === null ? [] : [String(wrong)], { mti, fields, bytes })
  }
  if (known === null) layout.shapes.keep(shape)
  return good(input, reading)
}

function failure(fault: CodecError, path: readonly string[], parsed: Message): UnpackResult {
  return { ok: false, error: { ...fault, path: [...path, ...fault.path] }, parsed }
}
