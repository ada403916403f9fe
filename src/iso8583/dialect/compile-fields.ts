/** Turns the field table of a dialect into codecs, and collects everything that is wrong with it. */
import { fieldNumber, isContinuation } from '../bitmap.ts'
import { buildGbkTable, type GbkTable } from '../characters/gbk.ts'
import { buildComposite } from '../composite/build.ts'
import type { CompositeCodec } from '../composite/composite.ts'
import type { FieldCodec } from '../field.ts'
import type { DialectSpec, FieldSpec } from './dialect-spec.ts'
import { type Defaults, resolveField } from './resolve-field.ts'

export type CompiledFields = {
  /** By field number. */
  readonly codecs: readonly (FieldCodec | undefined)[]
  readonly composites: ReadonlyMap<string, CompositeCodec>
  /** One sentence each; empty when the dialect can be used. */
  readonly problems: readonly string[]
}

/** Compiles every field; wrong ones are left out and named. */
export function compileFields(spec: DialectSpec): CompiledFields {
  const codecs: (FieldCodec | undefined)[] = []
  const composites = new Map<string, CompositeCodec>()
  const problems: string[] = []
  const defaults = defaultsOf(spec)
  for (const [key, field] of Object.entries<FieldSpec>(spec.fields)) {
    const problem = (sentence: string): void => {
      problems.push(`field ${key}: ${sentence}`)
    }
    const number = fieldNumber(key, 2, spec.lastField)
    if (number === 0) problem(`only 2 to ${spec.lastField} are fields`)
    else if (isContinuation(number, spec.lastField)) problem('this bit announces the next bitmap')
    const resolved = resolveField(field, defaults)
    if (!resolved.ok) {
      problem(resolved.problem)
      continue
    }
    codecs[number] = resolved.codec
    if (field.parts === undefined) continue
    const composite = buildComposite(field.parts, resolved, { defaults, problem })
    if (composite !== null) composites.set(key, composite)
  }
  return { codecs, composites, problems }
}

function defaultsOf(spec: DialectSpec): Defaults {
  let table: GbkTable | null = null
  return {
    digits: spec.digits,
    binary: spec.binary,
    charset: spec.charset,
    prefix: spec.prefix,
    undecodable: spec.undecodable ?? 'refuse',
    align: spec.align ?? 'right',
    gbk: () => (table ??= buildGbkTable()),
  }
}
