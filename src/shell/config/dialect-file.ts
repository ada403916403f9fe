/** Loads a dialect from its YAML file, with what it extends, and says in one sentence what is wrong when that fails. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { checkDialect, compileDialect, type Dialect } from '#iso8583/dialect.ts'
import { type DialectFile, dialectFileSchema, dialectSchema } from './dialect-schema.ts'
import { parsedBefore } from './parsed-before.ts'

export type LoadedDialect =
  | { readonly ok: true; readonly dialect: Dialect }
  /** One sentence for the technician, naming the file. */
  | { readonly ok: false; readonly problem: string }

/** How far `extends` may go before it is taken for a circle. */
const MAX_EXTENDS_DEPTH = 8

/**
 * Loads and compiles a dialect. `nameOrPath` is the name of a file in `dialectFolder` without `.yaml`, or a path that ends in `.yaml`
 * or `.json`; what it extends is looked up in `dialectFolder`. Never throws.
 */
export function loadDialect(nameOrPath: string, dialectFolder: string): LoadedDialect {
  const file = fileOf(nameOrPath, dialectFolder)
  if (file === null) return { ok: false, problem: `"${nameOrPath}" is no name of a dialect` }
  const merged = readWithBases(file, dialectFolder, MAX_EXTENDS_DEPTH)
  if (!merged.ok) return merged
  const { extends: _, ...content } = merged.value
  const checked = dialectSchema.safeParse(withoutRemoved(content))
  if (!checked.success) return { ok: false, problem: `${file}: ${firstIssue(checked.error)}` }
  const [problem] = checkDialect(checked.data)
  if (problem !== undefined) return { ok: false, problem: `${file}: ${problem}` }
  return { ok: true, dialect: compileDialect(checked.data) }
}

type Read =
  | { readonly ok: true; readonly value: DialectFile }
  | { readonly ok: false; readonly problem: string }

/** A bare name cannot leave the folder. */
function fileOf(nameOrPath: string, folder: string): string | null {
  if (/\.(yaml|yml|json)$/.test(nameOrPath)) return nameOrPath
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(nameOrPath) ? join(folder, `${nameOrPath}.yaml`) : null
}

function readWithBases(file: string, folder: string, depth: number): Read {
  if (depth === 0)
    return { ok: false, problem: `${file}: extends more than ${MAX_EXTENDS_DEPTH} files` }
  const own = readOne(file)
  if (!own.ok || own.value.extends === undefined) return own
  const baseFile = fileOf(own.value.extends, folder)
  if (baseFile === null) return { ok: false, problem: `${file}: extends no name of a dialect` }
  const base = readWithBases(baseFile, folder, depth - 1)
  return base.ok ? { ok: true, value: merge(base.value, own.value) } : base
}

function readOne(file: string): Read {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    return { ok: false, problem: `${file} cannot be read: ${codeOf(cause)}` }
  }
  try {
    const parsed = dialectFileSchema.safeParse(parsedBefore(file, text) ?? parse(text))
    if (parsed.success) return { ok: true, value: parsed.data }
    return { ok: false, problem: `${file}: ${firstIssue(parsed.error)}` }
  } catch (cause) {
    const [line = 'unreadable'] = String(cause instanceof Error ? cause.message : cause).split('\n')
    return { ok: false, problem: `${file} is no YAML: ${line}` }
  }
}

/** What the heir says wins; its fields add to or change the single properties of the base's fields, and null removes a field or a property. */
function merge(base: DialectFile, own: DialectFile): DialectFile {
  const fields: Record<string, Record<string, unknown> | null> = { ...base.fields }
  for (const [number, field] of Object.entries(own.fields ?? {})) {
    fields[number] = field === null ? null : { ...fields[number], ...field }
  }
  return { ...base, ...own, fields }
}

function withoutRemoved(file: DialectFile): DialectFile {
  const fields: Record<string, Record<string, unknown>> = {}
  for (const [number, field] of Object.entries(file.fields ?? {})) {
    if (field === null) continue
    fields[number] = Object.fromEntries(Object.entries(field).filter(([, value]) => value !== null))
  }
  return { ...file, fields }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
}

function firstIssue(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}): string {
  const [issue] = error.issues
  if (issue === undefined) return 'not a dialect'
  const path = issue.path.map(String).join('.')
  return path === '' ? issue.message : `${path}: ${issue.message}`
}
