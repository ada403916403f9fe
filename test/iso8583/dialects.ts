/** The shipped dialects and the known answers, for the tests of this room. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DialectSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect, type Dialect } from '#iso8583/dialect.ts'
import type { Message } from '#iso8583/message.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const DIALECT_FOLDER: string = join(ROOT, 'config', 'dialects')

const READ = new Map<string, DialectSpec>()

/** The shipped dialect of that name, which remembers nothing yet; a broken file fails the test with its sentence. */
export function shippedDialect(name: string): Dialect {
  const spec = READ.get(name) ?? readSpec(name)
  READ.set(name, spec)
  return compileDialect(spec)
}

function readSpec(name: string): DialectSpec {
  const loaded = loadDialect(name, DIALECT_FOLDER)
  if (!loaded.ok) throw new Error(loaded.problem)
  return loaded.dialect.spec
}

/** All dialects of the folder. */
export const SHIPPED = [
  'cups-interchange',
  'iso2003-bcd',
  'iso87-ascii',
  'iso87-bcd',
  'iso87-binary',
  'iso87-ebcdic',
  'iso93-ascii',
  'iso93-bcd',
  'iso93-ebcdic',
  'unionpay-pos',
  'unionpay-pos-48ans',
  'unionpay-pos-vfwz',
] as const

export type Vector = {
  readonly source: string
  readonly dialect: string
  readonly frame: { readonly len?: number; readonly tpdu?: number; readonly head?: number }
  readonly hex: string
  readonly mti: string
  readonly expected: Readonly<Record<string, string>>
}

/** Published messages with their values. */
export function readVectors(): readonly Vector[] {
  const text = readFileSync(join(ROOT, 'test', 'vectors', 'iso8583.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Vector => JSON.parse(line))
}

/** The message inside a vector, without length, TPDU and header. */
export function messageBytes(vector: Vector): Uint8Array {
  const { len = 0, tpdu = 0, head = 0 } = vector.frame
  return Buffer.from(vector.hex, 'hex').subarray(len + tpdu + head)
}

/** A message as values, to be compared: a view shows nothing by itself. */
export function plain({ mti, fields, bytes }: Message): Message {
  return { mti, fields, bytes }
}
