/** The quick way of reading must give what the ordinary way gives, and leave nothing of a card behind. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Reader } from '#iso8583/cursor.ts'
import { compileDialect, type Dialect } from '#iso8583/dialect.ts'
import type { DialectSpec } from '#iso8583/dialect-spec.ts'
import { digitContent } from '#iso8583/digits.ts'
import { GATHER_LIMIT, Gather } from '#iso8583/gather.ts'
import { textContent } from '#iso8583/text.ts'
import { messageBytes, readVectors, shippedDialect } from './dialects.ts'

const BCD = { encoding: 'bcd', track: false, align: 'left', filler: '0' } as const
const NO_GBK = (): never => {
  throw new Error('not asked for')
}

test('gathered digits are those that are read one by one, whatever the bytes', () => {
  const kinds = fc.record({
    encoding: fc.constantFrom<'bcd' | 'ascii'>('bcd', 'ascii'),
    track: fc.boolean(),
    align: fc.constantFrom<'left' | 'right'>('left', 'right'),
    filler: fc.constantFrom<'0' | 'F'>('0', 'F'),
  })
  const nibbles = fc.integer({ min: 0, max: 255 })
  const digits = fc.integer({ min: 0x30, max: 0x39 })
  const bytes = fc.array(fc.oneof(nibbles, digits), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(kinds, bytes, fc.boolean(), (options, input, odd) => {
      const content = digitContent(options)
      const units = Math.max(1, content.unitsIn(input.length) - (odd ? 1 : 0))
      const plain = new Reader(Uint8Array.from(input))
      const text = content.decode(plain, units)
      const quick = new Reader(Uint8Array.from(input))
      const gather = new Gather()
      const appended = content.append?.(quick, units, gather)
      const gathered = appended === true ? { text: gather.take(), at: quick.at } : null
      const readable = appended !== undefined && plain.fault === null
      expect(gathered).toEqual(readable ? { text, at: plain.at } : null)
      expect(gather.codes.every((code) => code === 0)).toBe(true)
    }),
  )
})

test('a field that cannot be gathered leaves none of its characters in the buffer', () => {
  const gather = new Gather()
  const card = new Reader(Uint8Array.of(0x41, 0x11, 0x11, 0x1a))
  expect(digitContent(BCD).append?.(card, 8, gather)).toBe(false)
  const name = textContent({ charset: 'gbk', undecodable: 'keep', gbk: NO_GBK })
  expect(name.append?.(new Reader(Uint8Array.of(0x41, 0x42, 0xb1)), 3, gather)).toBe(false)
  expect(gather.codes.every((code) => code === 0)).toBe(true)
})

test('taking the text zeroes the buffer, because a card number may have stood in it', () => {
  const gather = new Gather()
  digitContent(BCD).append?.(new Reader(Uint8Array.of(0x41, 0x11)), 4, gather)
  expect(gather.take()).toBe('4111')
  expect(gather.codes.every((code) => code === 0)).toBe(true)
})

const LONG: DialectSpec = {
  name: 'long',
  mti: 'ascii',
  bitmap: 'raw',
  lastField: 64,
  digits: 'ascii',
  binary: 'raw',
  charset: 'latin1',
  prefix: 'ascii',
  fields: Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [String(at + 2), { format: 'ans..999' }]),
  ),
}

test('a message with more text than the buffer holds is read whole', () => {
  const fields = Object.fromEntries(
    Object.keys(LONG.fields).map((field) => [field, field.repeat(999).slice(0, 999)]),
  )
  expect(Object.values(fields).join('').length).toBeGreaterThan(GATHER_LIMIT)
  expect(roundTrip(compileDialect(LONG), fields)).toEqual(fields)
})

test('text that is no ASCII stands between gathered fields at its place', () => {
  const fields = { 2: 'before', 3: 'M\u00fcller', 4: '', 5: 'behind' }
  expect(roundTrip(compileDialect(LONG), fields)).toEqual(fields)
})

test('more kinds of messages than are remembered are read as well as the first ones', () => {
  const dialect = compileDialect(LONG)
  for (let kind = 1; kind < 200; kind++) {
    const fields: Record<string, string> = {}
    for (let bit = 0; bit < 12; bit++) if ((kind & (1 << bit)) !== 0) fields[bit + 2] = `v${bit}`
    expect(roundTrip(dialect, fields)).toEqual(fields)
  }
})

test('the same message read with other fields as bytes gives those as bytes', () => {
  const [vector] = readVectors().filter((one) => one.expected['2'] !== undefined)
  if (vector === undefined) throw new Error('no message with a card number')
  const dialect = shippedDialect(vector.dialect)
  for (const asBytes of [[], ['2'], ['2', '3'], [], ['3'], ['2']]) {
    const read = dialect.unpack(messageBytes(vector), { asBytes })
    expect(read.ok).toBe(true)
    if (!read.ok) return
    expect(Object.keys(read.message.bytes)).toEqual(asBytes)
    for (const field of asBytes) expect(read.message.fields).not.toHaveProperty(field)
  }
})

function roundTrip(
  dialect: Dialect,
  fields: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  const packed = dialect.pack({ mti: '0200', fields })
  const read = packed.ok ? dialect.unpack(packed.bytes) : null
  return read?.ok === true ? read.message.fields : null
}
