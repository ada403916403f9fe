/** The notation of the standard: what it says of a field, and what is no notation. */
import { expect, test } from 'vitest'
import type { FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { parseFormat } from '#iso8583/dialect/format.ts'
import { checkDialect } from '#iso8583/dialect.ts'
import { SPEC } from './one-field.ts'

test.each([
  ['n6', 'digits', 'exactly 6'],
  ['z..37', 'track', 'up to 37 behind 2'],
  ['ans..999', 'text', 'up to 999 behind 3'],
  ['an12', 'text', 'exactly 12'],
  ['b64', 'binary', 'exactly 8'],
  ['b..255 LLL', 'binary', 'up to 255 behind 3'],
  ['b..12', 'binary', 'up to 12 behind 2'],
  ['n..19 L', 'digits', 'up to 19 behind 1'],
  ['x+n8', 'amount', 'exactly 9'],
])('%s is %s, %s', (notation, kind, said) => {
  const format = parseFormat(notation)
  expect(format?.kind).toBe(kind)
  expect(
    format?.variable
      ? `up to ${format.length} behind ${format.prefixWidth}`
      : `exactly ${format?.length}${format?.prefixWidth === 0 ? '' : ' with a prefix'}`,
  ).toBe(said)
})

test.each([
  ['no letters', '6'],
  ['no length', 'n'],
  ['no length behind the dots', 'n..'],
  ['a length of nothing', 'n0'],
  ['bits of nothing', 'b0'],
  ['bits that are no bytes', 'b12'],
  ['bits that are less than a byte', 'b4'],
  ['a prefix in front of a fixed length', 'n6 LL'],
  ['an amount of any length', 'x+n..8'],
  ['a longer prefix than there is', 'n..9 LLLLLLL'],
  ['a longer length than there is', 'n..1000000'],
  ['something in front', ' n6'],
  ['something behind', 'n6 '],
  ['letters that mean nothing', 'sn6'],
])('%s (%j) is no notation', (_what, notation) => {
  expect(parseFormat(notation)).toBe(null)
})

/** One digit says 9 at most. */
test.each<readonly [FieldSpec, string]>([
  [{ format: 'n..9 L' }, ''],
  [{ format: 'n..10 L' }, '10'],
  [{ format: 'n..18 L', count: 'bytes' }, ''],
  [{ format: 'n..19 L', count: 'bytes' }, '10'],
  [{ format: 'n..8 L', count: 'nibbles' }, ''],
  [{ format: 'n..9 L', count: 'nibbles' }, '10'],
  [{ format: 'b..4 L', binary: 'hex', count: 'bytes' }, ''],
  [{ format: 'b..5 L', binary: 'hex', count: 'bytes' }, '10'],
])('the prefix of %j cannot say %j', (field, most) => {
  const problems = checkDialect({ ...SPEC, fields: { '2': field } })
  expect(problems).toEqual(
    most === '' ? [] : [`field 2: its prefix cannot say the maximum ${most}`],
  )
})

test('the first bit of a block is no field where it announces the next', () => {
  const problems = checkDialect({
    ...SPEC,
    lastField: 192,
    fields: { '65': { format: 'n2' }, '129': { format: 'n2' } },
  })
  expect(problems).toEqual(['field 65: this bit announces the next bitmap'])
})
