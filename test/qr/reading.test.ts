import { expect, test } from 'vitest'
import { codeRange, codeText, isDoubled } from '#qr/reading.ts'

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

test.each([
  ['123456', '123456'],
  [' \t123456\r\n', '123456'],
  ['12 34', '12 34'],
  [']Q1123456', '123456'],
  ['\n]Q1 123456', '123456'],
  [']Q1]Q1123456', ']Q1123456'],
  [']C0123456', '123456'],
  [']zZ123456', '123456'],
  [']a9123456', '123456'],
  [']A A123456', ']A A123456'],
  [']Qz123456', ']Qz123456'],
  [']Q/123456', ']Q/123456'],
  [']Q:123456', ']Q:123456'],
  [']Q@123456', ']Q@123456'],
  [']Q[123456', ']Q[123456'],
  [']@1123456', ']@1123456'],
  [']{1123456', ']{1123456'],
  [']Q', ']Q'],
  [']Q1', ''],
  [' \r\n', ''],
  ['', ''],
  ['\u00a0123456', '\u00a0123456'],
])('of %j the code is %j', (reading, code) => {
  const { start, end } = codeRange(bytes(reading))
  expect(new TextDecoder().decode(bytes(reading).subarray(start, end))).toBe(code)
  expect(codeText(reading)).toBe(code)
})

test.each([
  ['123456123456', true],
  ['1234512345', false],
  ['123456123457', false],
  ['1234561234567', false],
  ['123456\r123456', true],
  ['123456\r\n123456', true],
  ['123456\t\n123456', true],
  ['123456\r\n\r\n\r\n123456', false],
  ['123456 123456', false],
  ['123456]Q1123456', true],
  ['123456\r]Q1123456', true],
  ['123456\r\n]Q1123456', true],
  ['123456\r\n\n]Q1123456', false],
  ['123456x]Q1123456', false],
  ['123456]Q1\r123456', false],
  ['123456]Q123456', false],
])('%j is one code twice: %s', (text, expected) => {
  expect(isDoubled(bytes(text))).toBe(expected)
})
