/**
 * A dialect whose own table becomes types: a field that it does not have, a part that a field does not have, or a number instead of
 * text is then found by the compiler instead of by the acquirer. Costs nothing at run time.
 */
import type { JoinResult } from '../composite/composite.ts'
import type { FlatValue } from '../cursor.ts'
import { type DescribeLocale, type Description, describeMessage } from '../describe.ts'
import { compileDialect, type Dialect } from '../dialect.ts'
import type { CodecError } from '../fault.ts'
import { maskFields } from '../mask.ts'
import type { PackResult } from '../message.ts'
import type { CompositeSpec, DialectSpec, FieldSpec } from './dialect-spec.ts'

/** Numbers of the fields of a dialect, as text: `'2' | '3' | …`. */
export type FieldOf<Spec extends DialectSpec> = `${keyof Spec['fields'] & (string | number)}`

type SpecOf<Spec extends DialectSpec, Field extends string> = {
  [Key in keyof Spec['fields'] as `${Key & (string | number)}`]: Spec['fields'][Key]
}[Field]

/** Parts of a structured field; tags of TLV may be any, because unlisted ones are kept. */
type PartsOf<Composite> = Composite extends { readonly parts: readonly (infer Inner)[] }
  ? readonly (Inner extends { readonly id: infer Id extends string } ? PartOf<Id, Inner> : never)[]
  : Composite extends { readonly kind: 'bitmapped'; readonly fields: infer Fields }
    ? readonly {
        [Key in keyof Fields]: PartOf<`${Key & (string | number)}`, Fields[Key]>
      }[keyof Fields][]
    : Composite extends CompositeSpec
      ? readonly AnyPart[]
      : never

type AnyPart = { readonly id: string; readonly value: string | readonly AnyPart[] }

type PartOf<Id extends string, Inner> = {
  readonly id: Id
  readonly value:
    | string
    | (Inner extends { readonly parts: infer Deeper } ? PartsOf<Deeper> : never)
}

type FieldParts<Spec extends DialectSpec, Field extends string> =
  SpecOf<Spec, Field> extends { readonly parts: infer Composite } ? PartsOf<Composite> : never

/** Fields that have an inner structure. */
type StructuredOf<Spec extends DialectSpec> = {
  [Field in FieldOf<Spec>]: SpecOf<Spec, Field> extends { readonly parts: CompositeSpec }
    ? Field
    : FieldSpec extends SpecOf<Spec, Field>
      ? Field
      : never
}[FieldOf<Spec>]

/** What may be packed: text or bytes of every field, or the parts of a structured one. Never numbers. */
export type TypedFields<Spec extends DialectSpec> = {
  readonly [Field in FieldOf<Spec>]?: FlatValue | FieldParts<Spec, Field>
}

type TypedMessage<Spec extends DialectSpec, AsBytes extends FieldOf<Spec>> = {
  readonly mti: string
  readonly fields: { readonly [Field in Exclude<FieldOf<Spec>, AsBytes>]?: string }
  readonly bytes: { readonly [Field in AsBytes]?: Uint8Array }
}

type TypedView<Spec extends DialectSpec, AsBytes extends FieldOf<Spec>> = TypedMessage<
  Spec,
  AsBytes
> & {
  readonly offsets: { readonly [Field in FieldOf<Spec>]?: number }
  /** See `MessageView.get`. */
  readonly get: (field: number) => string | undefined
}

/** As `UnpackResult`; fields asked for with `asBytes` stand in `bytes` and nowhere else. */
export type TypedUnpackResult<Spec extends DialectSpec, AsBytes extends FieldOf<Spec> = never> =
  | {
      readonly ok: true
      readonly message: TypedView<Spec, AsBytes>
      readonly macInputLength: number | null
    }
  | {
      readonly ok: false
      readonly error: CodecError
      readonly parsed: TypedMessage<Spec, AsBytes>
    }

/** A `Dialect` with the types of its own table. */
export type TypedDialect<Spec extends DialectSpec> = {
  readonly name: string
  readonly spec: Spec
  /** See `Dialect.unpack`. */
  readonly unpack: <const AsBytes extends FieldOf<Spec> = never>(
    bytes: Uint8Array,
    options?: { readonly asBytes?: readonly AsBytes[] },
  ) => TypedUnpackResult<Spec, AsBytes>
  /** See `Dialect.pack`. */
  readonly pack: (input: { readonly mti: string; readonly fields: TypedFields<Spec> }) => PackResult
  /** See `Dialect.split`. */
  readonly split: <Field extends StructuredOf<Spec>>(
    field: Field,
    value: FlatValue,
  ) =>
    | { readonly ok: true; readonly parts: FieldParts<Spec, Field> }
    | { readonly ok: false; readonly error: CodecError }
  /** See `Dialect.join`. */
  readonly join: <Field extends StructuredOf<Spec>>(
    field: Field,
    parts: FieldParts<Spec, Field>,
  ) => JoinResult
  /** See `describeMessage`: names, and sensitive values masked. */
  readonly describe: (message: AnyMessage, locale: DescribeLocale) => Description
  /** See `maskFields`: the values as they may be shown. */
  readonly mask: (fields: AnyFields<FlatValue>) => Readonly<Record<string, string>>
}

type AnyFields<Value> = { readonly [field: string]: Value | undefined }

type AnyMessage = {
  readonly mti: string
  readonly fields: AnyFields<string>
  readonly bytes: AnyFields<Uint8Array>
}

/**
 * Compiles a dialect and keeps its table as types. `spec` is a literal, or a shipped dialect. Throws a TypeError, like `compileDialect`, when
 * `checkDialect` would complain.
 */
export function defineDialect<const Spec extends DialectSpec>(spec: Spec): TypedDialect<Spec>
export function defineDialect(spec: DialectSpec): object {
  const dialect = compileDialect(spec)
  const described: Dialect & Pick<TypedDialect<DialectSpec>, 'describe' | 'mask'> = {
    ...dialect,
    describe: ({ mti, fields, bytes }, locale) =>
      describeMessage(dialect, { mti, fields: present(fields), bytes: present(bytes) }, locale),
    mask: (fields) => maskFields(spec, present(fields)),
  }
  return described
}

/** Without the fields that were given as undefined. */
function present<Value>(fields: AnyFields<Value>): Readonly<Record<string, Value>> {
  const kept: Record<string, Value> = {}
  for (const [field, value] of Object.entries(fields)) if (value !== undefined) kept[field] = value
  return kept
}
