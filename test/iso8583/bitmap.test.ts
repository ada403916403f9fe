/** Which fields a message has: said by up to three blocks of bits, each but the last of which can ask for one more. */
import { expect, test } from 'vitest'
import type { BinaryEncoding, DialectSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect, type Dialect } from '#iso8583/dialect.ts'
import { MAX_MESSAGE_BYTES } from '#iso8583/unpack.ts'
import { SPEC, told } from './one-field.ts'

const FIELDS = [2, 9, 16, 17, 24, 33, 64, 66, 128, 130, 192]

function dialectOf(
  bitmap: BinaryEncoding,
  lastField: DialectSpec['lastField'],
  more: readonly number[] = [],
): Dialect {
  const numbers = [...FIELDS, ...more].filter((number) => number <= lastField)
  const fields = Object.fromEntries(numbers.map((number) => [String(number), { format: 'n2' }]))
  return compileDialect({ ...SPEC, bitmap, lastField, fields })
}

function bits(dialect: Dialect, numbers: readonly number[]): string {
  const fields = Object.fromEntries(numbers.map((number) => [String(number), '07']))
  const packed = dialect.pack({ mti: '0800', fields })
  if (!packed.ok) return told(packed.error)
  const read = dialect.unpack(packed.bytes)
  expect(read.ok ? read.message.fields : told(read.error)).toEqual(fields)
  return Buffer.from(packed.bytes.subarray(2, packed.bytes.length - numbers.length)).toString('hex')
}

test.each([
  [64, [], '0000000000000000'],
  [64, [2], '4000000000000000'],
  [64, [33], '0000000080000000'],
  [64, [9, 24], '0080010000000000'],
  [64, [16, 17], '0001800000000000'],
  [192, [64], '0000000000000001'],
  [192, [66], '80000000000000004000000000000000'],
  [192, [128], '80000000000000000000000000000001'],
  [192, [2, 130], 'c000000000000000' + '8000000000000000' + '4000000000000000'],
  [192, [192], '8000000000000000' + '8000000000000000' + '0000000000000001'],
] as const)('of %i fields %j have the bits %s', (lastField, numbers, hex) => {
  expect(bits(dialectOf('raw', lastField), numbers)).toBe(hex)
  const characters = Buffer.from(hex.toUpperCase()).toString('hex')
  expect(bits(dialectOf('hex', lastField), numbers)).toBe(characters)
})

test('the first bit of the last block is a field like others', () => {
  expect(bits(dialectOf('raw', 128, [65]), [65])).toBe('80000000000000008000000000000000')
  expect(bits(dialectOf('ebcdicHex', 64), [2])).toBe('f4' + 'f0'.repeat(15))
})

test.each([
  ['raw', '0800', 'truncated bitmap at 2, need 8, have 0'],
  ['raw', '080040000000000000', 'truncated bitmap at 2, need 8, have 7'],
  ['raw', '08008000000000000000', 'truncated bitmap at 10, need 8, have 0'],
  ['raw', '0800C000000000000000' + '80000000000000', 'truncated bitmap at 10, need 8, have 7'],
  ['hex', '0800' + '34' + '30'.repeat(14) + '47', 'alphabet bitmap at 17, need 0, have 1'],
  ['hex', '0800' + '38' + '30'.repeat(15) + '30', 'truncated bitmap at 18, need 16, have 1'],
  ['raw', '08', 'truncated mti at 0, need 2, have 1'],
  ['raw', '0A00', 'alphabet mti at 0, need 0, have 1'],
  ['raw', '08002000000000000000', 'unknownField 3 at 10, need 0, have 1'],
  ['raw', '08004000000000000000' + '0700', 'leftover  at 11, need 0, have 1'],
] as const)('in %s, %s is refused where it ends', (bitmap, hex, expected) => {
  const read = dialectOf(bitmap, 192).unpack(Buffer.from(hex, 'hex'))
  expect(read.ok ? 'good' : told(read.error)).toBe(expected)
})

test.each([
  [128, '1'],
  [192, '1'],
  [192, '65'],
] as const)('of %i fields number %s cannot be one', (lastField, number) => {
  const spec: DialectSpec = { ...SPEC, lastField, fields: { [number]: { format: 'n2' } } }
  expect(() => compileDialect(spec)).toThrow(TypeError)
})

test.each(['02', '2.5', '1e1', ' 2', '-2', 'x', '', '1', '65'])('"%s" is no field of 64', (key) => {
  const spec: DialectSpec = { ...SPEC, fields: { [key]: { format: 'n2' } } }
  expect(() => compileDialect(spec)).toThrow(`field ${key}: only 2 to 64 are fields`)
})

test.each([
  ['nothing that is a MAC', [2, 33], null],
  ['field 64', [2, 64], 11],
  ['field 64 and others behind it', [2, 64, 66], 19],
  ['field 128 only', [2, 66, 128], 20],
  ['both, of which the last counts', [64, 128], 19],
  ['both, and others behind them', [64, 128, 130], 27],
] as const)(
  'of a message with %s the MAC covers what stands before it',
  (_what, numbers, covered) => {
    const dialect = dialectOf('raw', 192)
    const fields = Object.fromEntries(numbers.map((number) => [String(number), '07']))
    const packed = dialect.pack({ mti: '0800', fields })
    expect(packed.ok ? packed.macInputLength : told(packed.error)).toBe(covered)
    const bytes = packed.ok ? packed.bytes : new Uint8Array(0)
    for (let time = 0; time < 2; time++) {
      expect(dialect.unpack(bytes)).toMatchObject({ ok: true, macInputLength: covered })
    }
  },
)

test('of a message whose type is none nothing was read', () => {
  const read = dialectOf('raw', 64).unpack(Buffer.from('0A000000000000000000', 'hex'))
  expect(read.ok ? null : read.parsed).toEqual({ mti: '', fields: {}, bytes: {} })
})

test('of a message without a whole bitmap its type was read', () => {
  const read = dialectOf('raw', 64).unpack(Buffer.from('080000', 'hex'))
  expect(read.ok ? null : read.parsed).toEqual({ mti: '0800', fields: {}, bytes: {} })
})

test('a message larger than the limit is refused behind a head that is known, too', () => {
  const dialect = compileDialect({ ...SPEC, fields: { 2: { format: 'b..999999' } } })
  const message = (count: number) => {
    const packed = dialect.pack({ mti: '0800', fields: { 2: new Uint8Array(count) } })
    return packed.ok ? packed.bytes : new Uint8Array(0)
  }
  expect(dialect.unpack(message(1)).ok).toBe(true)
  const most = message(MAX_MESSAGE_BYTES - 13)
  expect([most.length, dialect.unpack(most).ok]).toEqual([MAX_MESSAGE_BYTES, true])
  const read = dialect.unpack(message(MAX_MESSAGE_BYTES - 12))
  expect(read.ok ? 'good' : told(read.error)).toBe('limit  at 0, need 262144, have 262145')
  const unknown = dialectOf('raw', 64).unpack(new Uint8Array(MAX_MESSAGE_BYTES))
  expect(unknown.ok ? 'good' : unknown.error.code).toBe('leftover')
})
