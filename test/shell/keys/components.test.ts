import { expect, test } from 'vitest'
import {
  combine,
  componentFrom,
  fitsCheckValue,
  type KeyKind,
  shortCheckValue,
  weaknessOf,
} from '#shell/keys/components.ts'

const typed = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex')

test('a component reads the same in either case and with blanks or dashes between its groups', () => {
  const plain = componentFrom(typed('0123456789ABCDEFFEDCBA9876543210'), 'tdes')
  expect(plain).toEqual(new Uint8Array(hex('0123456789ABCDEFFEDCBA9876543210')))
  expect(componentFrom(typed('0123 4567 89ab cdef-fedc-ba98 7654 3210'), 'tdes')).toEqual(plain)
})

test.each([
  ['a digit short', '0123456789ABCDEFFEDCBA987654321', 'tdes'],
  ['a letter beyond F', '0123456789ABCDEFFEDCBA987654321G', 'tdes'],
  ['the length of another cipher', '0123456789ABCDEF', 'sm4'],
  ['nothing at all', '', 'aes'],
] as const)('%s is no component', (_title, text, kind: KeyKind) => {
  expect(componentFrom(typed(text), kind)).toBeNull()
})

test('a check value is taken with six digits or more of it, and with no wrong digit', () => {
  const key = hex('0123456789ABCDEFFEDCBA9876543210')
  // Of the classic example key: zeros enciphered give 08D7B4FB629D0885.
  expect(shortCheckValue('tdes', key)).toBe('08D7B4')
  for (const good of ['08D7B4', '08d7b4fb', '08D7 B4FB 629D 0885'])
    expect([good, fitsCheckValue('tdes', key, good)]).toEqual([good, true])
  for (const bad of ['', '08D7', '08D7B5', '08D7B4FB629D088508', 'zzzzzz'])
    expect([bad, fitsCheckValue('tdes', key, bad)]).toEqual([bad, false])
})

test('components of different lengths make no key, and equal ones make one that protects nothing', () => {
  expect(combine([hex('00'.repeat(16)), hex('00'.repeat(8))])).toBeNull()
  const same = hex('0123456789ABCDEFFEDCBA9876543210')
  expect(weaknessOf('tdes', combine([same, same]) ?? new Uint8Array())).toBe('zero')
  expect(weaknessOf('tdes', hex('01'.repeat(16)))).toBe('zero')
  expect(weaknessOf('tdes', hex('0123456789ABCDEF'.repeat(2)))).toBe('halvesEqual')
  expect(weaknessOf('tdes', same)).toBeNull()
})
