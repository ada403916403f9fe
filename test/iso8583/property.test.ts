/** Every dialect, any message: what is packed is read back; cut or damaged bytes give a typed error or another message, never a throw. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DialectSpec, FieldSpec } from '#iso8583/dialect-spec.ts'
import { parseFormat } from '#iso8583/format.ts'
import { MAX_MESSAGE_BYTES } from '#iso8583/unpack.ts'
import { messageBytes, readVectors, shippedDialect } from './dialects.ts'

const DIALECTS = [
  'cups-interchange',
  'iso2003-bcd',
  'iso87-ascii',
  'iso87-bcd',
  'iso87-binary',
  'iso87-ebcdic',
  'iso93-ascii',
  'iso93-bcd',
  'iso93-ebcdic',
  'unionpay-pos',
  'unionpay-pos-48ans',
  'unionpay-pos-vfwz',
] as const

const DIGITS = '0123456789'.split('')
const HEX = '0123456789ABCDEF'.split('')
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

/** Values are kept short: the maximum has its own tests. */
const LONGEST = 40

function valueOf(spec: DialectSpec, field: FieldSpec): fc.Arbitrary<string> {
  const format = parseFormat(field.format)
  if (format === null) throw new Error(`format ${field.format}`)
  const maxLength = format.variable ? Math.min(format.length, LONGEST) : format.length
  const minLength = format.variable ? 0 : format.length
  const digits = field.digits ?? spec.digits
  const string = (alphabet: readonly string[], min = minLength, max = maxLength) =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max })
  switch (format.kind) {
    case 'digits':
      return string(DIGITS)
    case 'track':
      return string(digits === 'bcd' ? HEX : [...DIGITS, '='])
    case 'binary':
      return string(HEX, minLength * 2, maxLength * 2).map((hex) =>
        hex.length % 2 === 0 ? hex : hex.slice(1),
      )
    case 'amount':
      return fc
        .tuple(fc.constantFrom('C', 'D'), string(DIGITS, format.length - 1, format.length - 1))
        .map(([sign, amount]) => sign + amount)
    case 'text':
      return (field.charset ?? spec.charset) === 'gbk' && format.variable && format.length > 2 * 8
        ? string([...ASCII, ...'收单行交易成功钱文安￥'.split('')], 0, 8)
        : string(ASCII)
  }
}

function messageOf(name: string) {
  const { spec } = shippedDialect(name)
  const fields: Record<string, fc.Arbitrary<string>> = {}
  for (const [number, field] of Object.entries(spec.fields)) fields[number] = valueOf(spec, field)
  return fc.record({
    mti: fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 4, maxLength: 4 }),
    fields: fc.record(fields, { requiredKeys: [] }).map(present),
  })
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [number, value] of Object.entries(values)) {
    if (value !== undefined) fields[number] = value
  }
  return fields
}

/** Two hex digits of either case mean the same bytes, so such a flip alone may change nothing. */
function onlyCaseDiffers(before: Uint8Array, after: Uint8Array): boolean {
  const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').toUpperCase()
  return upper(before) === upper(after)
}

describe.each(DIALECTS)('%s', (name) => {
  const dialect = shippedDialect(name)

  test('what is packed is read back, and packs to the same bytes again', () => {
    fc.assert(
      fc.property(messageOf(name), (message) => {
        const packed = dialect.pack(message)
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        const read = dialect.unpack(packed.bytes)
        expect(read.ok ? read.message : read.error).toEqual({ ...message, bytes: {} })
        const again = read.ok ? dialect.pack(read.message) : packed
        expect(again).toEqual(packed)
      }),
      { numRuns: 150 },
    )
  })

  test('values given and taken as bytes are the same as text', () => {
    fc.assert(
      fc.property(messageOf(name), (message) => {
        const packed = dialect.pack(message)
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        const read = dialect.unpack(packed.bytes, { asBytes: Object.keys(message.fields) })
        if (!read.ok) throw new Error(JSON.stringify(read.error))
        expect(read.message.fields).toEqual({})
        expect(dialect.pack({ mti: message.mti, fields: read.message.bytes })).toEqual(packed)
      }),
      { numRuns: 60 },
    )
  })

  test('a message cut anywhere is refused', () => {
    fc.assert(
      fc.property(messageOf(name), (message) => {
        const packed = dialect.pack(message)
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        for (let end = 0; end < packed.bytes.length; end++) {
          const read = dialect.unpack(packed.bytes.subarray(0, end))
          expect(read.ok ? 'accepted' : read.error.code).toBe('truncated')
        }
      }),
      { numRuns: 8 },
    )
  })

  test('bytes behind the message are refused', () => {
    const packed = dialect.pack({ mti: '0800', fields: {} })
    const longer = packed.ok ? Uint8Array.of(...packed.bytes, 0x30, 0x30) : new Uint8Array(0)
    const read = dialect.unpack(longer)
    expect(read.ok ? null : read.error).toMatchObject({ code: 'leftover', need: 0, have: 2 })
  })

  test('any bytes at all give an outcome', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = dialect.unpack(bytes)
        expect(read.ok || read.error.offset <= bytes.length).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

test.each(readVectors().map((vector, line) => ({ ...vector, line: line + 1 })))(
  'every single flipped bit of message $line gives an error or another message',
  (vector) => {
    const dialect = shippedDialect(vector.dialect)
    const bytes = Uint8Array.from(messageBytes(vector))
    const original = dialect.unpack(bytes)
    if (!original.ok) throw new Error(JSON.stringify(original.error))
    const before = JSON.stringify(original.message)
    let same = 0
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const read = dialect.unpack(damaged)
      if (read.ok && JSON.stringify(read.message) === before) {
        if (!onlyCaseDiffers(bytes, damaged)) same++
      }
    }
    expect(same).toBe(0)
  },
)

test('a message larger than the limit is refused before it is looked at', () => {
  const read = shippedDialect('iso87-ascii').unpack(new Uint8Array(MAX_MESSAGE_BYTES + 1))
  expect(read.ok ? null : read.error).toEqual({
    code: 'limit',
    path: [],
    offset: 0,
    need: MAX_MESSAGE_BYTES,
    have: MAX_MESSAGE_BYTES + 1,
  })
})
