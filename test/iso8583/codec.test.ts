/** The parts that a field is made of, each with the wire bytes that the books or real messages show. */
import { describe, expect, test } from 'vitest'
import type { DialectSpec, FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { checkDialect, compileDialect, type Dialect } from '#iso8583/dialect.ts'
import { explainCodecError } from '#iso8583/fault.ts'
import { shippedDialect } from './dialects.ts'

const SPEC: DialectSpec = {
  name: 'test',
  mti: 'bcd',
  bitmap: 'raw',
  lastField: 64,
  digits: 'bcd',
  binary: 'raw',
  charset: 'ascii',
  prefix: 'bcd',
  fields: {},
}

/** A dialect with this one field as number 2. */
function one(field: FieldSpec): Dialect {
  return compileDialect({ ...SPEC, fields: { '2': field } })
}

const HEAD = '08004000000000000000'

/** Wire bytes of field 2, or the fault. */
function wire(field: FieldSpec, value: string | Uint8Array): string {
  const packed = one(field).pack({ mti: '0800', fields: { '2': value } })
  if (!packed.ok) return packed.error.code
  return Buffer.from(packed.bytes).toString('hex').toUpperCase().slice(HEAD.length)
}

/** Value of field 2, or the fault. */
function value(field: FieldSpec, hex: string): string {
  const read = one(field).unpack(Buffer.from(HEAD + hex, 'hex'))
  return read.ok ? (read.message.fields['2'] ?? '') : read.error.code
}

describe('a value stands on the wire as its format says', () => {
  const cases: readonly (readonly [FieldSpec, string, string])[] = [
    [{ format: 'n3', align: 'left' }, '051', '0510'],
    [{ format: 'n3' }, '001', '0001'],
    [{ format: 'n3', filler: 'F' }, '001', 'F001'],
    [{ format: 'n..19' }, '12345', '05123450'],
    [{ format: 'n..19', filler: 'F' }, '12345', '0512345F'],
    [{ format: 'n..19', align: 'right' }, '12345', '05012345'],
    [{ format: 'n..19', count: 'bytes', filler: 'F' }, '12345', '0312345F'],
    [{ format: 'n..19', count: 'nibbles', filler: 'F' }, '12345', '0612345F'],
    [{ format: 'n..19', digits: 'ascii', prefix: 'ascii' }, '123', '3033313233'],
    [{ format: 'n..19', digits: 'ebcdic', prefix: 'ebcdic' }, '123', 'F0F3F1F2F3'],
    [{ format: 'n..19 L', prefix: 'binary' }, '1234', '041234'],
    [{ format: 'b..999 LL', prefix: 'binary' }, 'AABB', '0002AABB'],
    [{ format: 'b..999 LLLLLL', prefix: 'ascii' }, 'AABB', '303030303032AABB'],
    [{ format: 'b..999', binary: 'hex', prefix: 'ascii' }, 'AABB', '30303241414242'],
    [
      { format: 'b..999 LLLL', binary: 'hex', prefix: 'ascii', count: 'bytes' },
      'AABB',
      '3030303441414242',
    ],
    [{ format: 'b16', binary: 'ebcdicHex' }, 'A1B2', 'C1F1C2F2'],
    [{ format: 'z..37' }, '6222D30', '076222D300'],
    [{ format: 'z..37', digits: 'ascii', prefix: 'ascii' }, '6222=30', '3037363232323D3330'],
    [{ format: 'x+n8' }, 'D00000100', '4400000100'],
    [{ format: 'x+n8', digits: 'ascii' }, 'C00000100', '433030303030313030'],
    [{ format: 'x+n8', digits: 'ebcdic', charset: 'cp037' }, 'C00000100', 'C3F0F0F0F0F0F1F0F0'],
    [{ format: 'ans..40', charset: 'gbk' }, '成功OK', '06B3C9B9A64F4B'],
    [{ format: 'ans..40', charset: 'latin1' }, 'é', '01E9'],
    [{ format: 'ans4', charset: 'cp037' }, 'a[b!', '81BA825A'],
    [{ format: 'ans4', charset: 'cp500' }, 'a[b!', '814A824F'],
    [{ format: 'ans4', charset: 'cp1047' }, 'a[b!', '81AD825A'],
    [{ format: 'ans..40' }, '', '00'],
  ]

  test.each(cases)('%j: %s is %s', (field, text, hex) => {
    expect(wire(field, text)).toBe(hex)
    expect(value(field, hex)).toBe(text)
  })
})

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
    [{ format: 'x+n8' }, '5800000100', 'alphabet'],
    [{ format: 'n2', digits: 'ebcdic' }, '3132', 'alphabet'],
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

test('every two-byte GBK character of the platform is read and written as the platform reads it', () => {
  const decoder = new TextDecoder('gbk', { fatal: true })
  const field: FieldSpec = { format: 'ans2', charset: 'gbk' }
  const dialect = one(field)
  let characters = 0
  let wrong = 0
  const twins: string[] = []
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Uint8Array.of(...Buffer.from(HEAD, 'hex'), lead, trail)
      const read = dialect.unpack(bytes)
      let expected: string | null = null
      try {
        expected = decoder.decode(bytes.subarray(10))
      } catch {
        // No character: then it must be refused here as well.
      }
      characters += expected === null ? 0 : 1
      if ((read.ok ? read.message.fields['2'] : null) !== expected) wrong++
      else if (read.ok) {
        const packed = dialect.pack(read.message)
        if (!packed.ok) wrong++
        else if (Buffer.compare(packed.bytes, bytes) !== 0)
          twins.push(lead.toString(16) + trail.toString(16))
      }
    }
  }
  expect(wrong).toBe(0)
  // The ideographic space has two codes; A1A1 is written.
  expect(twins).toEqual(['a3a0'])
  expect(characters).toBeGreaterThan(21_000)
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
      '61': { format: 'n6', parts: { kind: 'slices', parts: [{ id: '1', format: 'q' }] } },
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
    'field 60: berTlv needs a binary or text field around it',
    'field 61: part 1: format "q" is no ISO 8583 notation',
    'field 62: part 1: only the last slice may vary',
    'field 129: only 2 to 128 are fields',
  ])
  expect(() => one({ format: 'n..' })).toThrow(TypeError)
})
