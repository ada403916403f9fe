/**
 * Messages with a known head are read by the quick pass. Whatever it takes must be what the careful way takes, byte for byte, and whatever it does
 * not take must come out with the careful way's error.
 */
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import type { DialectSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect, type Dialect, layoutOf } from '#iso8583/dialect.ts'
import type { MessageLayout } from '#iso8583/layout.ts'
import type { UnpackResult } from '#iso8583/message.ts'
import { scan } from '#iso8583/quick/scan.ts'
import { createShapes } from '#iso8583/quick/shapes.ts'
import { unpackMessage } from '#iso8583/unpack.ts'
import { messageOf } from './any-message.ts'
import { messageBytes, plain, readVectors, SHIPPED, shippedDialect } from './dialects.ts'

/** One layout that knows the heads it has seen, and the same one without any memory. */
function bothWays(name: string) {
  const { spec } = shippedDialect(name)
  const quick = layoutOf(spec, compileFields(spec))
  const careful: MessageLayout = { ...quick, shapes: { find: () => null, keep: () => {} } }
  return { quick, careful }
}

/** Everything that a reader can learn from a result. */
function told(result: UnpackResult): string {
  if (!result.ok) return JSON.stringify(result)
  const { message, macInputLength } = result
  return JSON.stringify({ ...plain(message), offsets: message.offsets, macInputLength })
}

/** True when the quick pass alone finds `bytes` good. */
function isQuick(layout: MessageLayout, bytes: Uint8Array): boolean {
  const shape = layout.shapes.find(bytes)
  return shape !== null && scan(shape, bytes) !== null
}

/** The message, cut at every length, with every bit flipped, and with a byte behind it. */
function* damaged(bytes: Uint8Array): Generator<Uint8Array> {
  yield bytes
  for (let end = 0; end < bytes.length; end++) yield bytes.subarray(0, end)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    yield flipped
  }
  yield Uint8Array.of(...bytes, 0x30)
}

test.each(readVectors().map((vector, line) => ({ ...vector, line: line + 1 })))(
  'message $line, once known, is read alike both ways, whole and with every damage',
  (vector) => {
    const { quick, careful } = bothWays(vector.dialect)
    const bytes = messageBytes(vector)
    unpackMessage(quick, bytes, {})
    for (const one of damaged(bytes)) {
      const ways = [quick, careful].map((layout) => told(unpackMessage(layout, one, {})))
      expect(ways[0]).toBe(ways[1])
    }
  },
)

describe.each(SHIPPED)('%s', (name) => {
  test('any message whose head is known is read alike both ways, also with noise in it', () => {
    const dialect = shippedDialect(name)
    const { careful } = bothWays(name)
    const noise = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 })
    let quickOnes = 0
    fc.assert(
      fc.property(messageOf(name), noise, ({ mti, fields }, changes) => {
        const packed = dialect.pack({ mti, fields: quickFields(careful, fields) })
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        const quick = { ...careful, shapes: createShapes() }
        unpackMessage(quick, packed.bytes, {})
        const bytes = Uint8Array.from(packed.bytes)
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte
        if (isQuick(quick, bytes)) quickOnes++
        const asBytes = ['2', '35', '55', '63']
        const ways = [quick, careful].map((way) => told(unpackMessage(way, bytes, { asBytes })))
        return ways[0] === ways[1]
      }),
      { numRuns: 150 },
    )
    expect(quickOnes).toBeGreaterThan(10)
  })
})

/** Without those that are always read one by one. */
function quickFields(
  { codecs }: MessageLayout,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) =>
        codecs[Number(field)]?.content.quick !== null && value.split('').every(isAscii),
    ),
  )
}

function isAscii(character: string): boolean {
  return character < '\u0080'
}

test('the quick pass takes every published message but those with signed amounts, Chinese text or counted bytes', () => {
  const taken = readVectors().filter((vector) => {
    const { quick } = bothWays(vector.dialect)
    const bytes = messageBytes(vector)
    unpackMessage(quick, bytes, {})
    return isQuick(quick, bytes)
  })
  expect(taken.length).toBe(readVectors().length - 3)
})

test.each([
  { field: { format: 'n..19' }, good: '031230', wrong: '20' + '12'.repeat(10), code: 'tooLong' },
  { field: { format: 'n..18' }, good: '0212', wrong: '19' + '12'.repeat(10), code: 'tooLong' },
  { field: { format: 'ans..5' }, good: '0141', wrong: '06' + '41'.repeat(6), code: 'tooLong' },
  { field: { format: 'b..5' }, good: '0141', wrong: '06' + '41'.repeat(6), code: 'tooLong' },
  { field: { format: 'n..19' }, good: '0212', wrong: '0A' + '12'.repeat(5), code: 'prefix' },
  { field: { format: 'n..19' }, good: '0212', wrong: '03123A', code: 'padding' },
  { field: { format: 'n..19', align: 'right' }, good: '0212', wrong: '037123', code: 'padding' },
  { field: { format: 'n3', align: 'left' }, good: '0510', wrong: '051A', code: 'padding' },
  { field: { format: 'n3' }, good: '0001', wrong: '0A01', code: 'alphabet' },
  { field: { format: 'z..37' }, good: '021D', wrong: '0312DE', code: 'padding' },
  { field: { format: 'ans..5' }, good: '0141', wrong: '0180', code: 'alphabet' },
  { field: { format: 'ans..5' }, good: '0141', wrong: '024142FF', code: 'leftover' },
  { field: { format: 'ans..5' }, good: '0141', wrong: '0241', code: 'truncated' },
] as const)(
  'behind a head that is known, $field with $wrong is $code',
  ({ field, good, wrong, code }) => {
    const dialect = compileDialect({
      ...LONG,
      mti: 'bcd',
      digits: 'bcd',
      prefix: 'bcd',
      charset: 'ascii',
      fields: { 2: field },
    })
    const head = '08004000000000000000'
    const first = dialect.unpack(Buffer.from(head + good, 'hex'))
    expect(first.ok).toBe(true)
    const read = dialect.unpack(Buffer.from(head + wrong, 'hex'))
    expect(read.ok ? 'taken' : read.error.code).toBe(code)
  },
)

test('a message that is not good leaves no head behind', () => {
  const { quick } = bothWays('unionpay-pos')
  const bytes = Buffer.from('08002000000000000000' + '00001A', 'hex')
  expect(unpackMessage(quick, bytes, {}).ok).toBe(false)
  expect(quick.shapes.find(bytes)).toBeNull()
})

test('printing a message shows its type only, and a value that nobody asks for is never made', () => {
  const [vector] = readVectors().filter((one) => one.expected['2'] !== undefined)
  if (vector === undefined) throw new Error('no message with a card number')
  const bytes = Uint8Array.from(messageBytes(vector))
  const read = shippedDialect(vector.dialect).unpack(bytes)
  if (!read.ok) throw new Error(read.error.code)
  expect(JSON.stringify(read.message)).toBe(JSON.stringify({ mti: vector.mti }))
  expect(inspect(read.message)).not.toContain(vector.expected['2'])
  // The view looks at the bytes that were given: when they are wiped, the card number is nowhere else.
  bytes.fill(0)
  expect(read.message.get(2)).toMatch(/^0+$/)
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

test('long texts are read whole', () => {
  const fields = Object.fromEntries(
    Object.keys(LONG.fields).map((field) => [field, field.repeat(999).slice(0, 999)]),
  )
  expect(roundTrip(compileDialect(LONG), fields)).toEqual(fields)
})

test('text that is no ASCII stands between others at its place', () => {
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
