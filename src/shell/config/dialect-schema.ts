/** The schema of dialect files: unknown words are refused, because a misspelt option would silently change bytes on the wire. */
import { z } from 'zod'
import type {
  CompositeSpec,
  DialectSpec,
  FieldSpec,
  PartSpec,
} from '#iso8583/dialect/dialect-spec.ts'

const digits = z.enum(['bcd', 'ascii', 'ebcdic'])
const binary = z.enum(['raw', 'hex', 'ebcdicHex'])
const charset = z.enum(['ascii', 'latin1', 'gbk', 'cp037', 'cp500', 'cp1047'])
const prefix = z.enum(['bcd', 'ascii', 'ebcdic', 'binary'])
const undecodable = z.enum(['refuse', 'keep'])
const align = z.enum(['left', 'right'])
const name = z.strictObject({ 'zh-CN': z.string(), en: z.string() }).readonly()

const wireForm = {
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
}

const field: z.ZodType<FieldSpec> = z.strictObject({
  ...wireForm,
  get parts() {
    return composite.exactOptional()
  },
})

const part: z.ZodType<PartSpec> = z.strictObject({
  ...wireForm,
  id: z.string().min(1),
  get parts() {
    return composite.exactOptional()
  },
})

const cut = z.boolean().exactOptional()
const tags = z.record(z.string(), field).exactOptional()
const width = z.int().min(1).max(6)

const composite: z.ZodType<CompositeSpec> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slices'), parts: z.array(part).min(1), cut }),
  z.strictObject({ kind: z.literal('sequence'), parts: z.array(part).min(1), cut }),
  z.strictObject({ kind: z.literal('berTlv'), tags }),
  z.strictObject({
    kind: z.literal('tlv'),
    tagWidth: width,
    tagEncoding: z.enum(['bcd', 'ascii', 'ebcdic', 'text', 'raw']),
    lengthWidth: z.union([z.literal(0), width]),
    lengthEncoding: prefix,
    tags,
  }),
  z.strictObject({
    kind: z.literal('bitmapped'),
    bitmap: binary,
    bitmapBytes: z.int().min(1).max(24),
    fields: z.record(z.string(), field),
  }),
])

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
