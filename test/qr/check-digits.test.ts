import { expect, test } from 'vitest'
import { isDate, isGoodsBarcode, isIdentityNumber } from '#qr/check-digits.ts'

function digits(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

test.each([
  ['the first day', '19000101', true],
  ['the last day', '20991231', true],
  ['the year before', '18991231', false],
  ['the year after', '21000101', false],
  ['no month', '20260015', false],
  ['a thirteenth month', '20261315', false],
  ['no day', '20260100', false],
  ['the end of January', '20260131', true],
  ['a day behind it', '20260132', false],
  ['the end of April', '20260430', true],
  ['a day behind it', '20260431', false],
  ['the end of June', '20260630', true],
  ['a day behind it', '20260631', false],
  ['the end of September', '20260930', true],
  ['a day behind it', '20260931', false],
  ['the end of November', '20261130', true],
  ['a day behind it', '20261131', false],
  ['a leap day', '20240229', true],
  ['a leap day of a century', '20000229', true],
  ['none in another year', '20230229', false],
  ['none in another century', '19000229', false],
  ['seven digits', '2026011', false],
])('as a date, %s: %s', (_what, text, expected) => {
  expect(isDate(digits(text), 0)).toBe(expected)
  expect(isDate(digits(`110101${text}`), 6)).toBe(expected)
})

test.each([
  ['a person born on the 7th of March 1990', '110101199003070011', true],
  ['another check digit', '110101199003070012', false],
  ['no day of birth', '110101199002300018', false],
  ['one digit more', '1101011990030700110', false],
  ['one digit fewer', '11010119900307001', false],
])('as an identity number, %s', (_what, text, expected) => {
  expect(isIdentityNumber(digits(text))).toBe(expected)
})

test('of ten last digits one at most makes an identity number, and none where the check digit is X', () => {
  const fitting = (body: string): string[] =>
    Array.from('0123456789').filter((last) => isIdentityNumber(digits(body + last)))
  expect(fitting('11010119900307001')).toEqual(['1'])
  // GB 11643, annex: 11010519491231002X.
  expect(fitting('11010519491231002')).toEqual([])
})

test.each([
  ['EAN-8', '96385074', true],
  ['UPC-A', '036000291452', true],
  ['EAN-13', '4006381333931', true],
  ['GTIN-14', '10012345678902', true],
  ['EAN-13 with another check digit', '4006381333932', false],
  ['EAN-13 with two digits swapped', '4003681333931', false],
  ['ten digits', '0000000000', false],
  ['sixteen digits', '0000000000000000', false],
])('as a goods barcode, %s', (_what, text, expected) => {
  expect(isGoodsBarcode(digits(text))).toBe(expected)
})
