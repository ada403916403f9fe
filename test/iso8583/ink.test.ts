/** How characters are laid out: every one of them has its ink, or the whole value is not written this way. */
import { expect, test } from 'vitest'
import {
  characterInk,
  HEX,
  type Ink,
  nibbleInk,
  PLAIN,
  writeCodes,
  writeText,
} from '#iso8583/quick/ink.ts'
import { nibbleToWrite } from '#iso8583/values/bcd.ts'

const digit = (code: number) => nibbleToWrite(code, false)
const IN_FRONT = nibbleInk(digit, { place: 'first', nibble: 15 })
const BEHIND = nibbleInk(digit, { place: 'last', nibble: 15 })
const CAPITALS = characterInk((code) => (code >= 0x41 && code <= 0x5a ? code + 0x80 : -1))

/** What stands behind a byte of another field, and where the next one would. */
function written(write: (bytes: Uint8Array) => number): string {
  const bytes = new Uint8Array(8).fill(0xee)
  const end = write(bytes)
  const rest = bytes.subarray(end).every((byte) => byte === 0xee)
  if (end < 0) return String(end)
  return `${Buffer.from(bytes.subarray(0, end)).toString('hex')}${rest ? '' : ' and more'}`
}

const ROWS: readonly (readonly [string, Ink, string, string])[] = [
  ['letters as they are', PLAIN, 'A\u007f', 'ee417f'],
  ['nothing', PLAIN, '', 'ee'],
  ['a letter of eight bits', PLAIN, 'A\u0080', '-1'],
  ['a letter of eight bits in front', PLAIN, '\u0080A', '-1'],
  ['letters of another alphabet', CAPITALS, 'AZ', 'eec1da'],
  ['one that this does not have', CAPITALS, 'Az', '-1'],
  ['one that this does not have, in front', CAPITALS, 'aZ', '-1'],
  ['hex', HEX, 'A90F', 'eea90f'],
  ['hex with a small letter in a high half', HEX, 'A9a0', '-1'],
  ['hex with a small letter in a low half', HEX, 'A90a', '-1'],
  ['nothing in halves', HEX, '', 'ee'],
  ['an even number of digits', IN_FRONT, '1234', 'ee1234'],
  ['an even number of digits, filler behind', BEHIND, '1234', 'ee1234'],
]

const ODD: typeof ROWS = [
  ['half a byte', HEX, 'A90', '-1'],
  ['an odd number of digits', IN_FRONT, '123', 'eef123'],
  ['an odd number of digits, filler behind', BEHIND, '123', 'ee123f'],
  ['one digit', IN_FRONT, '7', 'eef7'],
  ['one digit, filler behind', BEHIND, '7', 'ee7f'],
  ['a letter beside the filler', IN_FRONT, 'A23', '-1'],
  ['a letter beside the filler behind', BEHIND, '12A', '-1'],
  ['a letter among an odd number of digits', IN_FRONT, '1A3', '-1'],
  ['a letter among an odd number of digits, filler behind', BEHIND, 'A23', '-1'],
]

test.each([...ROWS, ...ODD])('%s: written from a text', (_what, ink, text, hex) => {
  expect(written((bytes) => writeText({ bytes, at: 1 }, ink, text))).toBe(hex)
})

test.each(ROWS)('%s: written from codes', (_what, ink, text, hex) => {
  const codes = Buffer.from(`${text}00`, 'latin1')
  expect(written((bytes) => writeCodes({ bytes, at: 1 }, ink, codes, text.length))).toBe(hex)
})
