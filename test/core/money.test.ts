import { expect, test } from 'vitest'
import {
  AMOUNT_CEILING_MINOR,
  formatMinor,
  fromDe4,
  minor,
  minorUnits,
  toDe4,
} from '#core/money.ts'

test.each([0, 1, 99, 3850, AMOUNT_CEILING_MINOR])('%d is an amount', (value) => {
  expect(minorUnits(value)).toBe(value)
  expect(minor(value)).toBe(value)
})

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, AMOUNT_CEILING_MINOR + 1, 2 ** 53])(
  '%d is no amount',
  (value) => {
    expect(minorUnits(value)).toBeNull()
    expect(() => minor(value)).toThrow(
      new RangeError('an amount must be whole minor units between 0 and 999999999999'),
    )
  },
)

test('the most that DE 4 holds is twelve nines', () => {
  expect(AMOUNT_CEILING_MINOR).toBe(999_999_999_999)
})

test.each([
  [0, '000000000000'],
  [3850, '000000003850'],
  [AMOUNT_CEILING_MINOR, '999999999999'],
])('%d is written as DE 4 and read back', (value, text) => {
  expect(toDe4(minor(value))).toBe(text)
  expect(fromDe4(text)).toBe(value)
})

test.each([
  '',
  '3850',
  '00000000385',
  '0000000003850',
  '00000000385x',
  'x00000003850',
  ' 00000003850',
  '00000003.850',
])('DE 4 "%s" is no amount', (text) => {
  expect(fromDe4(text)).toBeNull()
})

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [50, '0.50'],
  [100, '1.00'],
  [99_999, '999.99'],
  [123_450, '1,234.50'],
  [100_000_000, '1,000,000.00'],
  [AMOUNT_CEILING_MINOR, '9,999,999,999.99'],
])('%d is shown to people as %s', (value, text) => {
  expect(formatMinor(minor(value))).toBe(text)
})
