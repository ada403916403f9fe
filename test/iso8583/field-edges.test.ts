/** The edges of a field: which byte is blamed, what is asked for and what is there; and that no length is believed that cannot be. */
import { expect, test } from 'vitest'
import type { FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect } from '#iso8583/dialect.ts'
import { packFault, readFault, SPEC, value, wire } from './one-field.ts'

/** Field 2 begins at byte 10. */
const WRONG_BYTES: readonly (readonly [string, FieldSpec, string, string])[] = [
  ['no prefix at all', { format: 'n..19' }, '', 'truncated 2 at 10, need 1, have 0'],
  ['a prefix with a letter', { format: 'n..19' }, '0A12', 'prefix 2 at 10, need 1, have 1'],
  ['half a prefix', { format: 'n..999' }, '00', 'truncated 2 at 10, need 2, have 1'],
  ['a length beyond the maximum', { format: 'n..19' }, '20', 'tooLong 2 at 10, need 19, have 20'],
  ['a value that ends early', { format: 'n..19' }, '0412', 'truncated 2 at 11, need 2, have 1'],
  ['a byte behind it', { format: 'n..19' }, '021234', 'leftover  at 12, need 0, have 1'],
  ['a letter among digits', { format: 'n6' }, '12A456', 'alphabet 2 at 11, need 0, have 1'],
  ['a filler of 1 in front', { format: 'n3' }, '1123', 'padding 2 at 10, need 0, have 1'],
  ['a filler of 1 behind', { format: 'n..19' }, '031231', 'padding 2 at 12, need 0, have 1'],
  ['a letter beside the filler', { format: 'n3' }, '0A23', 'alphabet 2 at 10, need 0, have 1'],
  [
    'a letter before the filler',
    { format: 'n3', align: 'left' },
    '12B0',
    'alphabet 2 at 11, need 0, have 1',
  ],
  ['a sign that is none', { format: 'x+n4' }, '581234', 'alphabet 2 at 10, need 0, have 1'],
  ['a letter behind a sign', { format: 'x+n4' }, '43123A', 'alphabet 2 at 12, need 0, have 1'],
  ['an amount without its end', { format: 'x+n4' }, '4312', 'truncated 2 at 10, need 3, have 2'],
  [
    'hex that is none',
    { format: 'b16', binary: 'hex' },
    '41424147',
    'alphabet 2 at 13, need 0, have 1',
  ],
  [
    'more bytes than the maximum takes',
    { format: 'n..19', count: 'bytes' },
    '11',
    'tooLong 2 at 10, need 10, have 11',
  ],
  [
    'more nibbles than the maximum takes',
    { format: 'n..19', count: 'nibbles' },
    '21',
    'tooLong 2 at 10, need 10, have 11',
  ],
  [
    'nibbles beyond 31 bits',
    { format: 'n..19 LLLL', prefix: 'binary', count: 'nibbles' },
    'FFFFFFFF',
    'tooLong 2 at 10, need 10, have 2147483648',
  ],
  [
    'nibbles that would come to less than nothing',
    { format: 'n..19 LLLL', prefix: 'binary', count: 'nibbles' },
    '80000001',
    'tooLong 2 at 10, need 10, have 1073741825',
  ],
  [
    'bytes that are no whole number of units',
    { format: 'b..9 LL', binary: 'hex', prefix: 'ascii', count: 'bytes' },
    '3033414243',
    'prefix 2 at 10, need 2, have 3',
  ],
]

test.each(WRONG_BYTES)('%s is found where it stands', (_what, field, hex, told) => {
  expect(readFault(field, hex)).toBe(told)
})

/** A fault of packing tells the bytes that were written before it. */
const WRONG_VALUES: readonly (readonly [string, FieldSpec, string, string])[] = [
  ['a digit too few', { format: 'n6' }, '12345', 'tooShort 2 at 10, need 6, have 5'],
  ['a digit too many', { format: 'n6' }, '1234567', 'tooLong 2 at 10, need 6, have 7'],
  ['a digit beyond the maximum', { format: 'n..4' }, '12345', 'tooLong 2 at 10, need 4, have 5'],
  ['half a byte', { format: 'b16' }, 'AAB', 'alphabet 2 at 11, need 0, have 1'],
  ['a sign that is none', { format: 'x+n4' }, 'X1234', 'alphabet 2 at 10, need 0, have 1'],
  ['a letter behind a sign', { format: 'x+n4' }, 'C12A4', 'alphabet 2 at 12, need 0, have 1'],
  ['a sign without its digits', { format: 'x+n4' }, 'C', 'tooShort 2 at 10, need 5, have 1'],
]

test.each(WRONG_VALUES)('%s is not packed', (_what, field, given, told) => {
  expect(packFault(field, given)).toBe(told)
})

test.each([
  ['12345', '03F12345'],
  ['1234', '021234'],
  ['', '00'],
])('%j with a filler F in front, counted in bytes, is %s', (digits, hex) => {
  const field: FieldSpec = { format: 'n..19', align: 'right', filler: 'F', count: 'bytes' }
  expect(wire(field, digits)).toBe(hex)
  expect(value(field, hex)).toBe(digits)
})

test('of an empty field no filler is looked for in its neighbour', () => {
  const dialect = compileDialect({
    ...SPEC,
    fields: {
      '2': { format: 'n..19', align: 'right', filler: 'F', count: 'bytes' },
      '3': { format: 'n1', filler: 'F' },
    },
  })
  const read = dialect.unpack(Buffer.from('0800600000000000000000F7', 'hex'))
  expect(read.ok ? read.message.fields : read.error).toEqual({ '2': '', '3': '7' })
})

test('the signs of a dialect are its own, and stand in its character set', () => {
  expect(wire({ format: 'x+n2', signs: 'AB' }, 'B12')).toBe('4212')
  expect(wire({ format: 'x+n2', signs: 'AB' }, 'C12')).toBe('alphabet')
  expect(value({ format: 'x+n2', signs: 'AB' }, '4112')).toBe('A12')
  expect(value({ format: 'x+n2', charset: 'cp037' }, 'C312')).toBe('C12')
  expect(value({ format: 'x+n2', charset: 'cp037' }, '4312')).toBe('alphabet')
  expect(value({ format: 'x+n3', align: 'left', filler: 'F' }, '43123F')).toBe('C123')
})
