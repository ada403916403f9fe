/** Letters of seven bits, a few or many at once: one of eight bits is seen wherever it stands, and none is lost on the way. */
import { expect, test } from 'vitest'
import { asciiText, encodeAscii, isAscii, writeAscii } from '#iso8583/characters/ascii.ts'
import { createHexText } from '#iso8583/characters/hex-text.ts'
import { Writer } from '#iso8583/cursor.ts'

const LETTERS = Uint8Array.from({ length: 40 }, (_, at) => 0x41 + at)
const LENGTHS = Array.from({ length: 30 }, (_, length) => length)

test('a byte of eight bits is seen at any place, and not beside what is looked at', () => {
  for (const length of LENGTHS) {
    expect(isAscii(LETTERS, 3, 3 + length)).toBe(true)
    for (let place = 0; place < 40; place++) {
      const bytes = LETTERS.slice()
      bytes[place] = 0x80
      const isInside = place >= 3 && place < 3 + length
      expect([length, place, isAscii(bytes, 3, 3 + length)]).toEqual([length, place, !isInside])
    }
  }
})

test.each(LENGTHS)('%i letters are read as they stand', (length) => {
  const text = String.fromCharCode(...LETTERS.subarray(3, 3 + length))
  expect(asciiText(LETTERS, 3, 3 + length)).toBe(text)
  const hex = Buffer.from(text).toString('hex').toUpperCase()
  expect(createHexText()(LETTERS, 3, length)).toBe(hex)
})

test.each([511, 512, 513, 1025])('%i bytes are hex to the last one, and again', (length) => {
  const bytes = Uint8Array.from({ length: length + 1 }, (_, at) => at % 251)
  const hex = Buffer.from(bytes.subarray(1)).toString('hex').toUpperCase()
  const hexText = createHexText()
  expect([hexText(bytes, 1, length), hexText(bytes, 1, length)]).toEqual([hex, hex])
})

/** What stands behind another field, and how far the writer went; `refused` when nothing counts. */
function written(text: string, highest: number): string {
  const writer = new Writer(new Uint8Array(text.length + 2).fill(0xee))
  writer.at = 1
  if (!writeAscii(writer, text, highest)) return writer.at === 1 ? 'refused' : 'moved'
  return `${Buffer.from(writer.bytes).toString('latin1')} ${writer.at}`
}

test.each(LENGTHS)('%i letters are written as they stand', (length) => {
  const text = String.fromCharCode(...LETTERS.subarray(0, length))
  expect(written(text, 0x7f)).toBe(`\u00ee${text}\u00ee ${length + 1}`)
  expect(written(`${text}\u0080`, 0x7f)).toBe('refused')
  expect(written(`${text}\u00ff`, 0xff)).toBe(`\u00ee${text}\u00ff\u00ee ${length + 2}`)
  expect(written(`\u0100${text}`, 0xff)).toBe('refused')
})

test('a text of the platform is seven bits to its end, or is none', () => {
  expect(encodeAscii('ABC', new Uint8Array(3))).toBe(true)
  expect(encodeAscii('', new Uint8Array(0))).toBe(true)
  expect(encodeAscii('ABC', new Uint8Array(2))).toBe(false)
  expect(encodeAscii('AB\u00e9', new Uint8Array(9))).toBe(false)
})
