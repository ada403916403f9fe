/** Reads a message: MTI, bitmap, then the fields that the bitmap names, to the last byte. */
import { isContinuation } from './bitmap.ts'
import { Reader } from './cursor.ts'
import { isMacField, type MessageLayout } from './layout.ts'
import type { UnpackOptions, UnpackResult } from './message.ts'

/** Larger messages are not looked at: 192 fields of 999 bytes fit. */
export const MAX_MESSAGE_BYTES = 262_144

/** Never throws; see `Dialect.unpack`. */
export function unpackMessage(
  layout: MessageLayout,
  input: Uint8Array,
  { asBytes = [] }: UnpackOptions,
): UnpackResult {
  const reader = new Reader(input)
  const fields: Record<string, string> = {}
  const bytes: Record<string, Uint8Array> = {}
  const offsets: Record<string, number> = {}
  let macInputLength: number | null = null
  let mti = ''

  function failed(path: readonly string[]): UnpackResult {
    const fault = reader.fault ?? { code: 'value', path: [], offset: reader.at, need: 0, have: 0 }
    return {
      ok: false,
      error: { ...fault, path: [...path, ...fault.path] },
      parsed: { mti, fields, bytes },
    }
  }

  if (input.length > MAX_MESSAGE_BYTES) {
    reader.fail('limit', 0, MAX_MESSAGE_BYTES, input.length)
    return failed([])
  }
  mti = layout.mti.read(reader)
  if (reader.fault !== null) return failed(['mti'])
  const bitmap = layout.bitmap.read(reader)
  if (reader.fault !== null) return failed(['bitmap'])
  for (let index = 0; index < bitmap.length; index++) {
    let bits = (bitmap[index] ?? 0) << 24
    while (bits !== 0) {
      const bit = Math.clz32(bits)
      bits &= ~(0x80000000 >>> bit)
      const number = index * 8 + bit + 1
      if (isContinuation(number, layout.lastField)) continue
      const codec = layout.codecs[number]
      if (codec === undefined) {
        reader.fail('unknownField', reader.at, 0, 1)
        return failed([String(number)])
      }
      if (isMacField(number)) macInputLength = reader.at
      offsets[number] = reader.at
      if (asBytes.length > 0 && asBytes.includes(String(number))) {
        const value = codec.readBytes(reader)
        if (reader.fault !== null) return failed([String(number)])
        bytes[number] = value
      } else {
        const value = codec.read(reader)
        if (reader.fault !== null) return failed([String(number)])
        fields[number] = value
      }
    }
  }
  if (reader.at < reader.end) {
    reader.fail('leftover', reader.at, 0, reader.end - reader.at)
    return failed([])
  }
  return { ok: true, message: { mti, fields, bytes }, offsets, macInputLength }
}
