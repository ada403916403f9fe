/** A set of characters and its bytes: each one there and back, and what stands beside the set is refused. */
import { expect, test } from 'vitest'
import type { FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { value, wire } from './one-field.ts'

const KEPT: FieldSpec = { format: 'ans..9', charset: 'ascii', undecodable: 'keep' }
const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => byte)

const one = (byte: number): string => `01${byte.toString(16).padStart(2, '0').toUpperCase()}`

test('a byte of eight bits that is kept has a stand-in of its own, and is written back from it', () => {
  for (const byte of EVERY_BYTE) {
    const read = value(KEPT, one(byte))
    expect(read).toBe(String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte))
    expect(wire(KEPT, read)).toBe(one(byte))
  }
})

test.each([
  ['below the first stand-in', '\udc7f'],
  ['behind the last one', '\udd00'],
  ['where bytes of seven bits would have theirs', '\udc00'],
  ['half a character of the same range', '\ud800'],
  ['of eight bits', '\u0080'],
  ['of another set', '\u4e00'],
])('a character %s is nothing that was kept', (_where, text) => {
  expect(wire(KEPT, text)).toBe('alphabet')
  expect(wire(KEPT, `${'A'.repeat(5)}${text}`)).toBe('alphabet')
})

test('where nothing is kept, seven bits end at 7F', () => {
  const plain: FieldSpec = { format: 'ans..9', charset: 'ascii' }
  for (const byte of EVERY_BYTE) {
    const isAscii = byte < 0x80
    expect(value(plain, one(byte))).toBe(isAscii ? String.fromCharCode(byte) : 'alphabet')
  }
  expect(wire(plain, '\u007f')).toBe('017F')
  expect(wire(plain, '\udc80')).toBe('alphabet')
})

test('Latin-1 has every byte, and nothing above', () => {
  const latin: FieldSpec = { format: 'ans..9', charset: 'latin1' }
  for (const byte of EVERY_BYTE) {
    const read = value(latin, one(byte))
    expect(read).toBe(String.fromCharCode(byte))
    expect(wire(latin, read)).toBe(one(byte))
  }
  expect(wire(latin, '\u0100')).toBe('alphabet')
})
