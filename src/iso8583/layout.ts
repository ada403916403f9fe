/** A compiled dialect as reading and writing see it. */
import type { Bitmap } from './bitmap.ts'
import type { FieldCodec, FieldSlot } from './field.ts'
import type { Memory } from './quick/memory.ts'
import type { PackPlans } from './quick/pack-plan.ts'
import type { Pen } from './quick/pen.ts'
import type { Easel } from './quick/picture.ts'
import type { Shapes } from './quick/shapes.ts'

export type MessageLayout = {
  readonly mti: FieldCodec
  /** By field number. */
  readonly codecs: readonly (FieldCodec | undefined)[]
  readonly lastField: number
  /** The fields that there are, ascending. */
  readonly slots: readonly FieldSlot[]
  readonly shapes: Shapes
  readonly plans: PackPlans
  readonly easel: Easel
  readonly bitmap: Bitmap
  readonly memory: Memory
  readonly pen: Pen
}
