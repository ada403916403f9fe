/** A compiled dialect as reading and writing see it. */
import type { Bitmap } from './bitmap.ts'
import type { FieldCodec } from './field.ts'

export type MessageLayout = {
  readonly mti: FieldCodec
  /** By field number. */
  readonly codecs: readonly (FieldCodec | undefined)[]
  readonly lastField: number
  readonly bitmap: Bitmap
}

/** DE 64 and DE 128 are the message authentication codes of ISO 8583; a field behind one is not covered by it. */
export function isMacField(number: number): boolean {
  return number === 64 || number === 128
}
