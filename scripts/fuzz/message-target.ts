/** A dialect under attack: quick and careful reading agree, what is taken packs to the same bytes, and the view for people never fails. */

import { describeMessage } from '#iso8583/describe.ts'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import { type Dialect, layoutOf } from '#iso8583/dialect.ts'
import { explainCodecError } from '#iso8583/fault.ts'
import { HIDDEN } from '#iso8583/mask.ts'
import type { Message, UnpackResult } from '#iso8583/message.ts'
import { unpackMessage } from '#iso8583/unpack.ts'
import { broken, sameBytes, type Target, type Verdict } from './target.ts'

export function messageTarget(dialect: Dialect, corpus: readonly Uint8Array[]): Target {
  const layout = layoutOf(dialect.spec, compileFields(dialect.spec))
  const careful = { ...layout, shapes: { find: () => null, keep: () => {} } }

  function judge(bytes: Uint8Array): Verdict {
    const result = dialect.unpack(bytes)
    const other = unpackMessage(careful, bytes, {})
    if (told(result) !== told(other)) broken('the quick and the careful way disagree')
    describeSafely(dialect, result.ok ? result.message : result.parsed)
    if (!result.ok) {
      if (!Number.isInteger(result.error.offset) || result.error.offset > bytes.length)
        broken('the offset is outside of the message')
      explainCodecError(result.error)
      return 'refused'
    }
    const packed = pack(dialect, result.message)
    if (sameBytes(packed, bytes)) return 'taken'
    const again = dialect.unpack(packed)
    if (!again.ok) return broken(`what was packed is refused: ${explainCodecError(again.error)}`)
    if (JSON.stringify(plain(again.message)) !== JSON.stringify(plain(result.message)))
      broken('what was packed reads as another message')
    if (!sameBytes(pack(dialect, again.message), packed)) broken('packing does not come to rest')
    if (!allowedSpelling(dialect, bytes, packed)) broken('other bytes for no allowed reason')
    return 'respelled'
  }

  return { name: dialect.name, corpus, judge }
}

function pack(dialect: Dialect, message: Message): Uint8Array {
  const packed = dialect.pack(message)
  return packed.ok
    ? packed.bytes
    : broken(`what was taken cannot be packed: ${explainCodecError(packed.error)}`)
}

function plain({ mti, fields }: Message): object {
  return { mti, fields }
}

function told(result: UnpackResult): string {
  if (!result.ok) return JSON.stringify(result)
  const { message, macInputLength } = result
  return JSON.stringify({ ...plain(message), offsets: message.offsets, macInputLength })
}

/** Nothing sensitive in full, whatever stands in the fields. */
function describeSafely(dialect: Dialect, message: Message): void {
  for (const { field, value } of describeMessage(dialect, message, 'en').fields) {
    const sensitive = dialect.spec.fields[field]?.sensitive === true
    if (sensitive && value !== HIDDEN && !/^[0-9]{6}\*+[0-9]{4}$/.test(value))
      broken(`field ${field} is shown`)
  }
}

/**
 * Three things have two spellings: the filler beside an odd digit (0 or F), a hex digit (either case) and the ideographic space of GBK
 * (A1A1 or A3A0). And a further bitmap may be announced that names no field.
 */
function allowedSpelling(dialect: Dialect, bytes: Uint8Array, packed: Uint8Array): boolean {
  if (bytes.length !== packed.length) return withoutEmptyBitmap(dialect, bytes, packed)
  return bytes.every((byte, at) => {
    const written = packed[at] ?? 0
    if (byte === written) return true
    const oneNibble = byte >> 4 === written >> 4 || (byte & 15) === (written & 15)
    const filler = oneNibble && ((byte ^ written) === 0x0f || (byte ^ written) === 0xf0)
    const ascii = (byte ^ written) === 0x20 && byte >= 0x61 && byte <= 0x66
    const ebcdic = (byte ^ written) === 0x40 && byte >= 0x81 && byte <= 0x86
    const space = (byte === 0xa3 && written === 0xa1) || (byte === 0xa0 && written === 0xa1)
    return filler || ascii || ebcdic || space
  })
}

const BITMAP_BYTES = { raw: 8, hex: 16, ebcdicHex: 16 } as const

function withoutEmptyBitmap({ spec }: Dialect, bytes: Uint8Array, packed: Uint8Array): boolean {
  const block = BITMAP_BYTES[spec.bitmap]
  const missing = bytes.length - packed.length
  return missing === block || missing === 2 * block
}
