/** The schema of dialect files: unknown words are refused, because a misspelt option would silently change bytes on the wire. */
import { z } from 'zod'
import type { DialectSpec } from '#iso8583/dialect-spec.ts'

const digits = z.enum(['bcd', 'ascii', 'ebcdic'])
const binary = z.enum(['raw', 'hex', 'ebcdicHex'])
const charset = z.enum(['ascii', 'latin1', 'gbk', 'cp037', 'cp500', 'cp1047'])
const prefix = z.enum(['bcd', 'ascii', 'ebcdic', 'binary'])
const undecodable = z.enum(['refuse', 'keep'])
const align = z.enum(['left', 'right'])
const name = z.strictObject({ 'zh-CN': z.string(), en: z.string() }).readonly()

const field = z.strictObject({
  format: z.string(),
  name: name.exactOptional(),
  digits: digits.exactOptional(),
  binary: binary.exactOptional(),
  charset: charset.exactOptional(),
  prefix: prefix.exactOptional(),
  count: z.enum(['units', 'bytes', 'nibbles']).exactOptional(),
  align: align.exactOptional(),
  filler: z.enum(['0', 'F']).exactOptional(),
  signs: z.string().min(1).exactOptional(),
  undecodable: undecodable.exactOptional(),
  sensitive: z.boolean().exactOptional(),
})

/** A whole dialect, after `extends` has been followed. */
export const dialectSchema: z.ZodType<DialectSpec> = z.strictObject({
  name: z.string().min(1),
  title: name.exactOptional(),
  mti: digits,
  bitmap: binary,
  lastField: z.literal([64, 128, 192]),
  digits,
  binary,
  charset,
  prefix,
  undecodable: undecodable.exactOptional(),
  align: align.exactOptional(),
  fields: z.record(z.string(), field),
})

/** One file as written: anything may be left to the file it extends. Values are checked after merging. */
export const dialectFileSchema = z.looseObject({
  extends: z.string().exactOptional(),
  fields: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()).exactOptional(),
})

export type DialectFile = z.infer<typeof dialectFileSchema>
