/** Reads `config/code-classes.yaml` into the table of the classifier; a file with a mistake is refused as a whole. */

import { parse } from 'yaml'
import { z } from 'zod'
import type { CodeTable } from '#qr/code-table.ts'

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

/** `text` is YAML. The error message names the entry, for the technician. */
export function readCodeTable(
  text: string,
):
  | { readonly ok: true; readonly table: CodeTable }
  | { readonly ok: false; readonly error: string } {
  let data: unknown
  try {
    data = parse(text, { maxAliasCount: 0 })
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : 'not YAML' }
  }
  const checked = codeTableSchema.safeParse(data)
  if (!checked.success) return { ok: false, error: z.prettifyError(checked.error) }
  const twice = ambiguousPrefix(checked.data)
  if (twice !== null) return { ok: false, error: `prefix ${twice} belongs to two payment codes` }
  return { ok: true, table: checked.data }
}

function ambiguousPrefix(table: CodeTable): string | null {
  const prefixes = table.paymentCodes.flatMap((rule) => rule.prefixes)
  return prefixes.find((prefix, at) => prefixes.indexOf(prefix) !== at) ?? null
}
