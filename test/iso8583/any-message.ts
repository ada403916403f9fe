/** Any message that a dialect can say, for tests of properties. */
import fc from 'fast-check'
import type { DialectSpec, FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { parseFormat } from '#iso8583/dialect/format.ts'
import { shippedDialect } from './dialects.ts'

const DIGITS = '0123456789'.split('')
const HEX = '0123456789ABCDEF'.split('')
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

/** Values are kept short: the maximum has its own tests. */
const LONGEST = 40

function valueOf(spec: DialectSpec, field: FieldSpec): fc.Arbitrary<string> {
  const format = parseFormat(field.format)
  if (format === null) throw new Error(`format ${field.format}`)
  const maxLength = format.variable ? Math.min(format.length, LONGEST) : format.length
  const minLength = format.variable ? 0 : format.length
  const digits = field.digits ?? spec.digits
  const string = (alphabet: readonly string[], min = minLength, max = maxLength) =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max })
  switch (format.kind) {
    case 'digits':
      return string(DIGITS)
    case 'track':
      return string(digits === 'bcd' ? HEX : [...DIGITS, '='])
    case 'binary':
      return string(HEX, minLength * 2, maxLength * 2).map((hex) =>
        hex.length % 2 === 0 ? hex : hex.slice(1),
      )
    case 'amount':
      return fc
        .tuple(fc.constantFrom('C', 'D'), string(DIGITS, format.length - 1, format.length - 1))
        .map(([sign, amount]) => sign + amount)
    case 'text':
      return (field.charset ?? spec.charset) === 'gbk' && format.variable && format.length > 2 * 8
        ? string([...ASCII, ...'收单行交易成功钱文安￥'.split('')], 0, 8)
        : string(ASCII)
  }
}

/** MTI and some fields of the shipped dialect of that name. */
export function messageOf(
  name: string,
): fc.Arbitrary<{ mti: string; fields: Record<string, string> }> {
  const { spec } = shippedDialect(name)
  const fields: Record<string, fc.Arbitrary<string>> = {}
  for (const [number, field] of Object.entries(spec.fields)) fields[number] = valueOf(spec, field)
  return fc.record({
    mti: fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 4, maxLength: 4 }),
    fields: fc.record(fields, { requiredKeys: [] }).map(present),
  })
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [number, value] of Object.entries(values)) {
    if (value !== undefined) fields[number] = value
  }
  return fields
}
