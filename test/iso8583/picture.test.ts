/** All values of a message are cut out of one picture of it; each value alone is made from its own bytes. Both must say the same. */
import { expect, test, vi } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import { compileDialect, layoutOf } from '#iso8583/dialect.ts'
import { createEasel } from '#iso8583/quick/picture.ts'
import { scan } from '#iso8583/quick/scan.ts'
import { unpackMessage } from '#iso8583/unpack.ts'
import { messageBytes, readVectors, shippedDialect } from './dialects.ts'

const PUBLISHED = readVectors()

/** Only a head that was seen before is read quickly. */
test.each([
  ['once', 1],
  ['again', 2],
])(
  'every field of every published message, read %s, is the same alone and with all others',
  (_what, times) => {
    for (const vector of PUBLISHED) {
      const { pack, unpack } = shippedDialect(vector.dialect)
      const bytes = messageBytes(vector)
      const [read] = Array.from({ length: times }, () => unpack(bytes)).reverse()
      if (read?.ok !== true) throw new Error(vector.source)
      const { macInputLength, message } = read
      const alone = Object.keys(message.fields).map((field) => [field, message.get(Number(field))])
      expect(Object.fromEntries(alone)).toEqual(message.fields)
      const packed = pack(message)
      expect(packed.ok && [packed.macInputLength, Buffer.from(packed.bytes)]).toEqual([
        macInputLength,
        Buffer.from(bytes),
      ])
    }
  },
)

function known(card: (typeof PUBLISHED)[number] | undefined) {
  if (card === undefined) throw new Error('no message with a card number')
  const { spec } = shippedDialect(card.dialect)
  const layout = layoutOf(spec, compileFields(spec))
  const bytes = messageBytes(card)
  unpackMessage(layout, bytes, {})
  const shape = layout.shapes.find(bytes)
  const marks = shape === null ? null : scan(shape, bytes)
  if (shape === null || marks === null) throw new Error('a message that is not taken quickly')
  return { layout, bytes, marks, shape, pan: card.expected['2'] ?? '' }
}

const isWithCard = ({ dialect, expected }: (typeof PUBLISHED)[number]): boolean =>
  dialect === 'unionpay-pos' && (expected['2'] ?? '').length >= 16

test('of a message with a card number that is asked for as bytes no picture is drawn', () => {
  const { bytes, layout, pan } = known(PUBLISHED.find(isWithCard))
  const draw = vi.fn<typeof layout.easel.draw>(layout.easel.draw)
  const watched = { ...layout, easel: { draw } }
  const whole = unpackMessage(watched, bytes, {})
  expect(whole.ok && whole.message.fields['2']).toBe(pan)
  expect(draw).toHaveBeenCalledTimes(1)
  const without = unpackMessage(watched, bytes, { asBytes: ['2'] })
  expect(without.ok && without.message.fields['2']).toBe(undefined)
  expect(draw).toHaveBeenCalledTimes(1)
})

test('no picture shows anything of the one before, and none stays where it was painted', () => {
  const { bytes, marks, pan, shape } = known(PUBLISHED.find(isWithCard))
  const drawn = vi.spyOn(Buffer.prototype, 'toString')
  const easel = createEasel()
  for (const wire of [bytes, new Uint8Array(bytes.length)]) {
    expect(easel.draw(wire, { shape, marks }, {})).toBe(true)
  }
  const [first, second] = drawn.mock.results.map(({ value }) => String(value))
  const left = drawn.mock.contexts.flatMap((canvas) => [...canvas])
  drawn.mockRestore()
  expect(first).toContain(pan.slice(0, 12))
  expect(second).toMatch(/^[0\0]+$/)
  expect([...new Set(left)]).toEqual([0])
})

test('a message that is too long for a picture is not drawn', () => {
  const { bytes, marks, pan, shape } = known(PUBLISHED.find(isWithCard))
  const long = new Uint8Array(1025)
  long.set(bytes)
  const fields: Record<number, string> = {}
  expect(createEasel().draw(long, { shape, marks }, fields)).toBe(false)
  expect(fields).toEqual({})
  expect(createEasel().draw(long.subarray(0, 1024), { shape, marks }, fields)).toBe(true)
  expect(fields[2]).toBe(pan)
})

test('bytes above seven bits that are kept as they came are read as such, with whatever else', () => {
  const dialect = compileDialect({
    ...shippedDialect('iso87-ascii').spec,
    bitmap: 'raw',
    charset: 'ascii',
    undecodable: 'keep',
  })
  const fields = { 3: '000000', 48: 'caf\uDCE9', 63: 'last' }
  const packed = dialect.pack({ mti: '0200', fields })
  if (!packed.ok) throw new Error(packed.error.code)
  for (let time = 0; time < 2; time++) {
    const read = dialect.unpack(packed.bytes)
    expect(read.ok && read.message.fields).toEqual(fields)
  }
})

test.each([
  ['a length prefix that is no character', 'bcd', 'A'.repeat(99)],
  ['bytes that are no UTF-8', 'ascii', '\u00ff\u00fe'],
  ['bytes that happen to be UTF-8', 'ascii', 'caf\u00c3\u00a9'],
  ['bytes that happen to be its byte order mark', 'ascii', '\u00ef\u00bb\u00bfA'],
] as const)('%s: every value is read as it was written', (_what, prefix, text) => {
  const dialect = compileDialect({
    ...shippedDialect('iso87-ascii').spec,
    bitmap: 'raw',
    prefix,
    charset: 'latin1',
  })
  const fields = { 2: '5413330089020011', 3: '000000', 48: text, 63: 'last' }
  const packed = dialect.pack({ mti: '0200', fields })
  if (!packed.ok) throw new Error(packed.error.code)
  // Only a head that was seen before is read quickly.
  for (let time = 0; time < 2; time++) {
    const read = dialect.unpack(packed.bytes)
    expect(read.ok && read.message.fields).toEqual(fields)
  }
})
