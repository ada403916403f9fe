/**
 * Compiles a dialect into a pair of functions. All choices are made once, here; reading a message then only calls the closures
 * of the fields that its bitmap names.
 */
import { messageBitmap } from './bitmap.ts'
import {
  areParts,
  type JoinResult,
  type Part,
  partFault,
  type SplitResult,
} from './composite/composite.ts'
import { type FlatValue, isFlat } from './cursor.ts'
import { type CompiledFields, compileFields } from './dialect/compile-fields.ts'
import type { DialectSpec } from './dialect/dialect-spec.ts'
import type { CodecError } from './fault.ts'
import { type FieldCodec, type FieldSlot, fixedField } from './field.ts'
import type { MessageLayout } from './layout.ts'
import type { PackInput, PackResult, UnpackOptions, UnpackResult } from './message.ts'
import { packMessage } from './pack.ts'
import { createMemory } from './quick/memory.ts'
import { createPackPlans } from './quick/pack-plan.ts'
import { createPen } from './quick/pen.ts'
import { createEasel } from './quick/picture.ts'
import { createShapes } from './quick/shapes.ts'
import { unpackMessage } from './unpack.ts'
import { digitContent } from './values/digits.ts'

export type Dialect = {
  readonly name: string
  readonly spec: DialectSpec
  /** Reads one message without frame, from MTI to the last byte. Never throws. */
  readonly unpack: (bytes: Uint8Array, options?: UnpackOptions) => UnpackResult
  /** Writes one message without frame. Never throws. */
  readonly pack: (input: PackInput) => PackResult
  /** The parts of a field's flat value, or why it has none. Never throws. */
  readonly split: (field: string, value: FlatValue) => SplitResult
  /** The flat value of a field from its parts. Never throws. */
  readonly join: (field: string, parts: readonly Part[]) => JoinResult
}

/** Sentences about everything that is wrong with `spec`; empty when it can be compiled. */
export function checkDialect(spec: DialectSpec): readonly string[] {
  return compileFields(spec).problems
}

/** Throws a TypeError when `checkDialect` would complain: a dialect is part of the program, not of its input. */
export function compileDialect(spec: DialectSpec): Dialect {
  const { composites, ...compiled } = compileFields(spec)
  const { problems } = compiled
  if (problems.length > 0) throw new TypeError(`dialect ${spec.name}: ${problems.join('; ')}`)
  const layout = layoutOf(spec, compiled)

  function split(field: string, value: FlatValue): SplitResult {
    if (!isFlat(value)) return partFault('value', [field], { offset: 0 })
    return within(field, composites.get(field)?.split(value) ?? WITHOUT_PARTS)
  }

  function join(field: string, parts: readonly Part[]): JoinResult {
    if (!areParts(parts)) return partFault('value', [field], { offset: 0 })
    return within(field, composites.get(field)?.join(parts) ?? WITHOUT_PARTS)
  }

  return {
    name: spec.name,
    spec,
    unpack: (bytes, options = {}) => unpackMessage(layout, bytes, options),
    pack: ({ mti, fields }) => packMessage(layout, { mti, fields, join }),
    split,
    join,
  }
}

/** What reading and writing need to know of a dialect. */
export function layoutOf(
  spec: DialectSpec,
  { codecs }: Pick<CompiledFields, 'codecs'>,
): MessageLayout {
  const mtiDigits = digitContent({ encoding: spec.mti, track: false, align: 'right', filler: '0' })
  return {
    mti: fixedField(mtiDigits, 4),
    codecs,
    lastField: spec.lastField,
    slots: slotsOf(codecs),
    shapes: createShapes(),
    plans: createPackPlans(),
    easel: createEasel(),
    memory: createMemory(),
    pen: createPen(),
    bitmap: messageBitmap(spec.bitmap, spec.lastField),
  }
}

function slotsOf(codecs: readonly (FieldCodec | undefined)[]): readonly FieldSlot[] {
  return codecs.flatMap((codec, number) =>
    codec === undefined ? [] : [{ number, key: String(number), codec }],
  )
}

type Failure = { readonly ok: false; readonly error: CodecError }

const WITHOUT_PARTS: Failure = partFault('unknownField', [], { offset: 0 })

/** Puts the field in front of the path of a fault. */
function within<Result extends { readonly ok: true }>(
  field: string,
  result: Result | Failure,
): Result | Failure {
  if (result.ok) return result
  return { ok: false, error: { ...result.error, path: [field, ...result.error.path] } }
}
