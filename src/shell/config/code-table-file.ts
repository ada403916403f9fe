/** Reads `config/code-classes.yaml` into the table of the classifier; a file with a mistake is refused as a whole. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { CodeTable } from '#qr/code-table.ts'
import { parsedBefore } from './parsed-before.ts'

const channel = z.enum(['wechat', 'alipay', 'unionpay', 'ecny'])
const digits = (count: number) => z.string().regex(new RegExp(`^[0-9]{${count}}$`))

const codeTableSchema = z.strictObject({
  version: z.string().min(1).max(32),
  paymentCodes: z
    .array(
      z.strictObject({
        channel,
        prefixes: z.array(digits(2)).min(1),
        lengths: z.array(z.int().min(8).max(64)).min(1),
        cardPrefixes: z.array(digits(6)).max(1000).default([]),
        keypad: z.boolean().default(true),
      }),
    )
    .max(32),
  bills: z
    .array(
      z.strictObject({
        class: z.string(),
        prefix: z
          .string()
          .regex(/^[0-9]*$/)
          .default(''),
        dated: z.boolean().default(false),
        afterDate: z
          .string()
          .regex(/^[0-9]*$/)
          .default(''),
        minLength: z.int().min(8),
        maxLength: z.int().max(64),
      }),
    )
    .max(32),
  links: z
    .array(
      z.strictObject({
        scheme: z.string().regex(/^[a-z][a-z0-9+.-]*$/),
        host: z
          .string()
          .regex(/^[a-z0-9.-]+$/)
          .nullable()
          .default(null),
        path: z
          .string()
          .regex(/^\/[^A-Z]*$/)
          .default('/'),
        class: z.string().regex(/^[A-Z_]+$/),
      }),
    )
    .max(1000),
  schemes: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(40),
        accounts: z.array(z.string()).default([]),
        mark: z.string().max(40).default(''),
      }),
    )
    .max(200),
  cpmApplications: z
    .array(z.strictObject({ aid: z.string().regex(/^[0-9A-F]{10,32}$/), channel }))
    .max(64),
})

type Read =
  | { readonly ok: true; readonly table: CodeTable }
  /** Names the entry, for the technician. */
  | { readonly ok: false; readonly error: string }

/** Throws when the file cannot be read. */
export function loadCodeTable(file: string): Read {
  const text = readFileSync(file, 'utf8')
  const data = parsedBefore(file, text)
  return data === null ? readCodeTable(text) : checked(data)
}

/** `text` is YAML. */
export function readCodeTable(text: string): Read {
  let data: unknown
  try {
    data = parse(text, { maxAliasCount: 0 })
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : 'not YAML' }
  }
  return checked(data)
}

function checked(data: unknown): Read {
  const read = codeTableSchema.safeParse(data)
  if (!read.success) return { ok: false, error: z.prettifyError(read.error) }
  const twice = ambiguousPrefix(read.data)
  if (twice !== null) return { ok: false, error: `prefix ${twice} belongs to two payment codes` }
  return { ok: true, table: read.data }
}

function ambiguousPrefix(table: CodeTable): string | null {
  const prefixes = table.paymentCodes.flatMap((rule) => rule.prefixes)
  return prefixes.find((prefix, at) => prefixes.indexOf(prefix) !== at) ?? null
}
