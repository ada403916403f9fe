/** The parts that a field is made of, each with the wire bytes that the books or real messages show. */
import { describe, expect, test } from 'vitest'
import type { FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { checkDialect, compileDialect } from '#iso8583/dialect.ts'
import { explainCodecError } from '#iso8583/fault.ts'
import { shippedDialect } from './dialects.ts'
import { one, SPEC, value, wire } from './one-field.ts'

describe('what cannot be packed is named', () => {
  const cases: readonly (readonly [FieldSpec, string | Uint8Array, string])[] = [
    [{ format: 'n6' }, '12345', 'tooShort'],
    [{ format: 'n6' }, '1234567', 'tooLong'],
    [{ format: 'n6' }, '12345A', 'alphabet'],
    [{ format: 'n6' }, '１２３４５６', 'alphabet'],
    [{ format: 'n..4' }, '12345', 'tooLong'],
    [{ format: 'z..37' }, '6222d30', 'alphabet'],
    [{ format: 'b16' }, 'AAB', 'alphabet'],
    [{ format: 'b16' }, 'aabb', 'alphabet'],
    [{ format: 'b16' }, 'AABBCC', 'tooLong'],
    [{ format: 'b16' }, new Uint8Array(1), 'tooShort'],
    [{ format: 'ans2' }, 'é1', 'alphabet'],
    [{ format: 'ans..3', charset: 'gbk' }, '成功', 'tooLong'],
    [{ format: 'ans..40', charset: 'gbk' }, '😀', 'alphabet'],
    [{ format: 'x+n8' }, 'X00000100', 'alphabet'],
    [{ format: 'x+n8' }, 'C0000010', 'tooShort'],
    [{ format: 'n6', digits: 'ascii' }, '12A456', 'alphabet'],
    [{ format: 'n6', digits: 'ebcdic' }, '12345=', 'alphabet'],
    [{ format: 'z..9', digits: 'ascii' }, '12 34', 'alphabet'],
    [{ format: 'b16', binary: 'hex' }, 'A1G2', 'alphabet'],
    [{ format: 'b16', binary: 'hex' }, 'A', 'tooShort'],
    [{ format: 'b16', binary: 'hex' }, 'A1B', 'alphabet'],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'A1B=', 'alphabet'],
    [{ format: 'b16' }, 'GA00', 'alphabet'],
    [{ format: 'n..19' }, Buffer.from('12:4'), 'alphabet'],
    [{ format: 'n..19', digits: 'ascii' }, Buffer.from('12:4'), 'alphabet'],
    [{ format: 'x+n4' }, Buffer.from('X1234'), 'alphabet'],
  ]

  test.each(cases)('%j: %s is %s', (field, given, code) => {
    expect(wire(field, given)).toBe(code)
  })

  test('an unknown field, a misspelt number, the bitmap and a wrong MTI are refused', () => {
    const dialect = shippedDialect('unionpay-pos')
    const pack = (mti: string, fields: Record<string, string>) => {
      const packed = dialect.pack({ mti, fields })
      return packed.ok ? 'packed' : packed.error
    }
    expect(pack('0200', { '5': '1' })).toMatchObject({ code: 'unknownField', path: ['5'] })
    expect(pack('0200', { '03': '000000' })).toMatchObject({ code: 'unknownField', path: ['03'] })
    expect(pack('0200', { '1': '00' })).toMatchObject({ code: 'unknownField', path: ['1'] })
    expect(pack('0200', { constructor: '00' })).toMatchObject({ code: 'unknownField' })
    expect(pack('200', {})).toMatchObject({ code: 'tooShort', path: ['mti'] })
    expect(pack('02A0', {})).toMatchObject({ code: 'alphabet', path: ['mti'] })
  })
})

describe('what cannot be read is named', () => {
  const cases: readonly (readonly [FieldSpec, string, string])[] = [
    [{ format: 'n..19' }, '20' + '12'.repeat(10), 'tooLong'],
    [{ format: 'n..19' }, '0A1234', 'prefix'],
    [{ format: 'n..19', prefix: 'ascii' }, '304112', 'prefix'],
    [{ format: 'n..19', prefix: 'ascii' }, '313A12', 'prefix'],
    [{ format: 'n..19', prefix: 'ebcdic' }, '303412', 'prefix'],
    [{ format: 'n..19' }, '041A34', 'alphabet'],
    [{ format: 'n..19' }, '031231', 'padding'],
    [{ format: 'n..19' }, '03123F', '123'],
    [{ format: 'n..19' }, '031230', '123'],
    [{ format: 'n3' }, 'F123', '123'],
    [{ format: 'n3' }, '1123', 'padding'],
    [{ format: 'n..19' }, '0412', 'truncated'],
    [{ format: 'n..19' }, '', 'truncated'],
    [{ format: 'n..19' }, '021234', 'leftover'],
    [{ format: 'ans2' }, '80FF', 'alphabet'],
    [{ format: 'ans..9', charset: 'gbk' }, '02B3FF', 'alphabet'],
    [{ format: 'ans..9', charset: 'gbk' }, '01B3', 'alphabet'],
    [{ format: 'b..9 LL', binary: 'hex', prefix: 'ascii', count: 'bytes' }, '3033414243', 'prefix'],
    [{ format: 'b16', binary: 'hex' }, '4147', 'truncated'],
    [{ format: 'b16', binary: 'hex' }, '41474141', 'alphabet'],
    [{ format: 'b16', binary: 'hex' }, '61624142', 'ABAB'],
    [{ format: 'b16', binary: 'hex' }, '46663039', 'FF09'],
    [{ format: 'b16', binary: 'hex' }, '41674141', 'alphabet'],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'C6F98186', 'F9AF'],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'C6F980F0', 'alphabet'],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'C6F987F0', 'alphabet'],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'C6F9B0F0', 'alphabet'],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'C6F93EF0', 'alphabet'],
    [{ format: 'x+n8' }, '5800000100', 'alphabet'],
    [{ format: 'n2', digits: 'ebcdic' }, '3132', 'alphabet'],
    [{ format: 'n..19', count: 'bytes' }, '0312345F', 'alphabet'],
    [{ format: 'z..37', count: 'bytes' }, '0312345F', '12345F'],
  ]

  test.each(cases)('%j: %s is %s', (field, hex, code) => {
    expect(value(field, hex)).toBe(code)
  })
})

test('a reply text that was cut inside a Chinese character is kept, and written back as it came', () => {
  const field: FieldSpec = { format: 'ans..40', charset: 'gbk', undecodable: 'keep' }
  expect(value(field, '03B3C9B9')).toBe('成\udcb9')
  expect(wire(field, '成\udcb9')).toBe('03B3C9B9')
  expect(value({ ...field, charset: 'ascii' }, '0341B942')).toBe('A\udcb9B')
  expect(wire({ ...field, charset: 'ascii' }, 'A\udcb9B')).toBe('0341B942')
})

test('a MAC placeholder can be written over: its place and the bytes it covers are known', () => {
  const dialect = shippedDialect('unionpay-pos')
  const packed = dialect.pack({ mti: '0200', fields: { '11': '000001', '64': new Uint8Array(8) } })
  expect(packed).toMatchObject({ ok: true, macInputLength: 13 })
  const bytes = packed.ok ? packed.bytes : new Uint8Array(0)
  bytes.set(Buffer.from('35FE', 'hex'), 13)
  expect(Buffer.from(bytes.subarray(0, 13)).toString('hex')).toBe('02000020000000000001000001')
  expect(dialect.unpack(bytes)).toMatchObject({
    macInputLength: 13,
    message: { offsets: { '11': 10, '64': 13 }, fields: { '64': '35FE000000000000' } },
  })
  expect(dialect.pack({ mti: '0800', fields: {} })).toMatchObject({ macInputLength: null })
})

test('a PAN given and taken as bytes is never a string on the way', () => {
  const dialect = shippedDialect('unionpay-pos')
  const pan = new TextEncoder().encode('6222021001110000012')
  const packed = dialect.pack({ mti: '0200', fields: { '2': pan, '39': '00' } })
  const read = dialect.unpack(packed.ok ? packed.bytes : new Uint8Array(0), {
    asBytes: ['2', '35'],
  })
  expect(read).toMatchObject({ message: { fields: { '39': '00' }, bytes: { '2': pan } } })
})

test('no error repeats a byte of the message', () => {
  const dialect = shippedDialect('unionpay-pos')
  const packed = dialect.pack({ mti: '0200', fields: { '2': '6222021001110000012', '3': 'oops' } })
  const text = packed.ok ? '' : explainCodecError(packed.error)
  expect(text).toBe('field 3 at byte 21: shorter than the field must be (need 6, have 4)')
  const read = dialect.unpack(Buffer.from('0200000000000000000012', 'hex'))
  expect(read.ok ? '' : explainCodecError(read.error)).toBe(
    'message at byte 10: bytes remain after the last field (need 0, have 1)',
  )
})

test('a failed read gives what was read before, for the technician', () => {
  const read = shippedDialect('unionpay-pos').unpack(
    Buffer.from('02006000000000000000041234', 'hex'),
  )
  expect(read).toMatchObject({
    error: { code: 'truncated', path: ['3'], offset: 13, need: 3, have: 0 },
    parsed: { mti: '0200', fields: { '2': '1234' } },
  })
})

test('128 and 192 fields need a second and third bitmap, and only then have them', () => {
  const fields = Object.fromEntries(
    [2, 64, 66, 128, 130, 192].map((number) => [String(number), { format: 'n2' }]),
  )
  const dialect = compileDialect({ ...SPEC, lastField: 192, fields })
  const sizes = ['64', '128', '192'].map((field) => {
    const packed = dialect.pack({ mti: '0800', fields: { '2': '01', [field]: '02' } })
    const read = dialect.unpack(packed.ok ? packed.bytes : new Uint8Array(0))
    expect(read).toMatchObject({ ok: true, message: { fields: { '2': '01', [field]: '02' } } })
    return packed.ok ? packed.bytes.length : 0
  })
  expect(sizes).toEqual([12, 20, 28])
})

test('a bitmap that asks for fields beyond the dialect is refused', () => {
  const read = one({ format: 'n2' }).unpack(
    Buffer.from('080080000000000000000000000000000000', 'hex'),
  )
  expect(read).toMatchObject({ ok: false, error: { code: 'unknownField', path: ['1'] } })
})

const NO_BITS = { kind: 'bitmapped', bitmap: 'raw', fields: {} } as const

test('mistakes in a dialect are named, each with its field', () => {
  const problems = checkDialect({
    ...SPEC,
    lastField: 128,
    fields: {
      '1': { format: 'n2' },
      '2': { format: 'n..' },
      '3': { format: 'b7' },
      '4': { format: 'n..19 L' },
      '129': { format: 'n2' },
      '60': { format: 'n6', parts: { kind: 'berTlv' } },
      '61': {
        format: 'n6',
        parts: {
          kind: 'slices',
          parts: [
            { id: '1', format: 'q' },
            { id: '2', format: 'n2' },
          ],
        },
      },
      '56': { format: 'b..9', parts: { kind: 'berTlv', tags: { '9F02': { format: 'q' } } } },
      '57': {
        format: 'b..9',
        parts: {
          kind: 'sequence',
          parts: [{ id: 'a', format: 'n6', parts: { kind: 'berTlv' } }],
        },
      },
      '54': { format: 'b..9', parts: { ...NO_BITS, bitmapBytes: 0 } },
      '55': { format: 'b..99', parts: { ...NO_BITS, bitmapBytes: 24 } },
      '58': { format: 'b..99', parts: { ...NO_BITS, bitmapBytes: 25 } },
      '59': {
        format: 'b..99',
        parts: {
          kind: 'bitmapped',
          bitmap: 'raw',
          bitmapBytes: 2,
          fields: { '0': { format: 'n2' }, '16': { format: 'n2' }, '17': { format: 'n2' } },
        },
      },
      '62': {
        format: 'n6',
        parts: {
          kind: 'slices',
          parts: [
            { id: '1', format: 'n..2' },
            { id: '2', format: 'n2' },
          ],
        },
      },
    },
  })
  expect(problems).toEqual([
    'field 1: only 2 to 128 are fields',
    'field 2: format "n.." is no ISO 8583 notation',
    'field 3: format "b7" is no ISO 8583 notation',
    'field 4: its prefix cannot say the maximum 19',
    'field 54: a bitmap has 1 to 24 bytes',
    'field 56: part 9F02: format "q" is no ISO 8583 notation',
    'field 57: part a: berTlv needs a binary or text field around it',
    'field 58: a bitmap has 1 to 24 bytes',
    'field 59: part 0: only 1 to 16 have a bit',
    'field 59: part 17: only 1 to 16 have a bit',
    'field 60: berTlv needs a binary or text field around it',
    'field 61: part 1: format "q" is no ISO 8583 notation',
    'field 62: part 1: only the last slice may vary',
    'field 129: only 2 to 128 are fields',
  ])
  expect(() => one({ format: 'n..' })).toThrow(TypeError)
  const two = { ...SPEC, fields: { '2': { format: 'n..' }, '65': { format: 'n2' } } }
  expect(() => compileDialect(two)).toThrow(
    'dialect test: field 2: format "n.." is no ISO 8583 notation; field 65: only 2 to 64 are fields',
  )
})
