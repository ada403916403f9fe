/** A dialect of one field, and what stands of it on the wire: for tests of what a field is made of. */
import type { CompositeSpec, DialectSpec, FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect, type Dialect } from '#iso8583/dialect.ts'
import type { CodecError } from '#iso8583/fault.ts'

export const SPEC: DialectSpec = {
  name: 'test',
  mti: 'bcd',
  bitmap: 'raw',
  lastField: 64,
  digits: 'bcd',
  binary: 'raw',
  charset: 'ascii',
  prefix: 'bcd',
  fields: {},
}

/** A dialect with this one field as number 2. */
export function one(field: FieldSpec): Dialect {
  return compileDialect({ ...SPEC, fields: { '2': field } })
}

export const HEAD: string = '08004000000000000000'

/** A dialect whose field 62 (binary) and 63 (ASCII text) have this inside. */
export function structured(parts: CompositeSpec): Dialect {
  const fields = { '62': { format: 'b..9999', parts }, '63': { format: 'ans..999', parts } }
  return compileDialect({ ...SPEC, fields })
}

/** Wire bytes of field 2, or the fault. */
export function wire(field: FieldSpec, value: string | Uint8Array): string {
  const packed = one(field).pack({ mti: '0800', fields: { '2': value } })
  if (!packed.ok) return packed.error.code
  return Buffer.from(packed.bytes).toString('hex').toUpperCase().slice(HEAD.length)
}

/** Value of field 2, or the fault. */
export function value(field: FieldSpec, hex: string): string {
  const read = one(field).unpack(Buffer.from(HEAD + hex, 'hex'))
  return read.ok ? (read.message.fields['2'] ?? '') : read.error.code
}

/** The same as bytes that never were text; nothing when it is not good. */
export function valueAsBytes(field: FieldSpec, hex: string): Uint8Array {
  const read = one(field).unpack(Buffer.from(HEAD + hex, 'hex'), { asBytes: ['2'] })
  return (read.ok ? read.message.bytes['2'] : undefined) ?? new Uint8Array(0)
}

/** What is wrong with field 2, and where: `tooLong 2 at 10, need 19, have 20`. */
export function readFault(field: FieldSpec, hex: string): string {
  const read = one(field).unpack(Buffer.from(HEAD + hex, 'hex'))
  return read.ok ? 'good' : told(read.error)
}

export function packFault(field: FieldSpec, given: string | Uint8Array): string {
  const packed = one(field).pack({ mti: '0800', fields: { '2': given } })
  return packed.ok ? 'good' : told(packed.error)
}

export function told({ code, path, offset, need, have }: CodecError): string {
  return `${code} ${path.join('.')} at ${offset}, need ${need}, have ${have}`
}
