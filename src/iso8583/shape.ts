/**
 * Which fields a bitmap announces, and in what order. A link sees the same few bitmaps again and again; keeping what they mean, with empty
 * records to copy, spares most of the work of reading a message.
 */
import { isContinuation, isMacField } from './bitmap.ts'
import type { FieldCodec } from './field.ts'

type Step = {
  readonly number: number
  readonly key: string
  /** Undefined: the dialect has no such field. */
  readonly codec: FieldCodec | undefined
  readonly isMac: boolean
  readonly asBytes: boolean
}

export type Shape = {
  readonly words: readonly number[]
  readonly asBytes: readonly string[]
  readonly steps: readonly Step[]
  /** To be copied and filled: a copy costs a tenth of a record that grows field by field. */
  readonly emptyFields: Readonly<Record<string, string>>
  readonly emptyOffsets: Readonly<Record<string, number>>
}

/** Bitmaps kept per dialect. A hostile peer can fill this and is then served a little slower. */
const MAX_SHAPES = 24

export type Shapes = {
  /** `words` are the bitmap, 32 bits each, first field in the highest bit. */
  readonly of: (words: readonly number[], asBytes: readonly string[]) => Shape
}

/** Shapes of the messages of one dialect. */
export function shapesOf(codecs: readonly (FieldCodec | undefined)[], lastField: number): Shapes {
  const kept: Shape[] = []
  let recent: Shape | null = null
  return {
    of(words, asBytes) {
      if (recent !== null && fits(recent, words, asBytes)) return recent
      let shape = kept.find((one) => fits(one, words, asBytes))
      if (shape === undefined) {
        shape = buildShape(words, asBytes, { codecs, lastField })
        if (kept.length < MAX_SHAPES) kept.push(shape)
      }
      recent = shape
      return shape
    },
  }
}

function fits(shape: Shape, words: readonly number[], asBytes: readonly string[]): boolean {
  if (shape.words.length !== words.length || shape.asBytes.length !== asBytes.length) return false
  for (let index = 0; index < words.length; index++) {
    if (shape.words[index] !== words[index]) return false
  }
  for (let index = 0; index < asBytes.length; index++) {
    if (shape.asBytes[index] !== asBytes[index]) return false
  }
  return true
}

function buildShape(
  words: readonly number[],
  asBytes: readonly string[],
  dialect: { readonly codecs: readonly (FieldCodec | undefined)[]; readonly lastField: number },
): Shape {
  const steps: Step[] = []
  const emptyFields: Record<string, string> = {}
  const emptyOffsets: Record<string, number> = {}
  for (const [index, word] of words.entries()) {
    for (let bit = 0; bit < 32; bit++) {
      const number = index * 32 + bit + 1
      if ((word & (0x80000000 >>> bit)) === 0 || isContinuation(number, dialect.lastField)) continue
      const key = String(number)
      const wanted = asBytes.includes(key)
      const codec = dialect.codecs[number]
      steps.push({ number, key, codec, isMac: isMacField(number), asBytes: wanted })
      emptyOffsets[number] = 0
      if (!wanted) emptyFields[number] = ''
    }
  }
  return { words, asBytes: [...asBytes], steps, emptyFields, emptyOffsets }
}
