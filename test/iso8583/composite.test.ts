/** The inside of fields: what a host packs into 48, 55, 60 or 62 comes apart, goes back together, and errors say where. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Part } from '#iso8583/composite/composite.ts'
import { describeMessage } from '#iso8583/describe.ts'
import type { CompositeSpec } from '#iso8583/dialect/dialect-spec.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import { shippedDialect } from './dialects.ts'
import { structured } from './one-field.ts'

function flat(dialect: Dialect, field: string, parts: readonly Part[]): string {
  const packed = dialect.pack({ mti: '0800', fields: { [field]: parts } })
  if (!packed.ok) throw new Error(JSON.stringify(packed.error))
  const read = dialect.unpack(packed.bytes)
  return read.ok ? (read.message.fields[field] ?? '') : JSON.stringify(read.error)
}

describe('field 60 of a UnionPay terminal', () => {
  const dialect = shippedDialect('unionpay-pos')

  test.each([
    ['00000000003', { '1': '00', '2': '000000', '3': '003' }],
    ['2200000100060', { '1': '22', '2': '000001', '3': '000', '4': '6', '5': '0' }],
    ['01000000', { '1': '01', '2': '000000' }],
    ['', {}],
  ])('%s is cut into its parts and stops where the message stops', (value, expected) => {
    const split = dialect.split('60', value)
    expect(
      split.ok ? Object.fromEntries(split.parts.map((part) => [part.id, part.value])) : split,
    ).toEqual(expected)
    expect(split.ok && dialect.join('60', split.parts)).toEqual({ ok: true, value })
  })

  test('a part that stops halfway is an error that names it', () => {
    const split = dialect.split('60', '2200001')
    expect(split.ok ? null : split.error).toEqual({
      code: 'truncated',
      path: ['60', '2'],
      offset: 2,
      need: 6,
      have: 5,
    })
  })

  test.each([
    [[{ id: '2', value: '000001' }], 'value', ['60', '1']],
    [[{ id: '1', value: '2' }], 'tooShort', ['60', '1']],
    [[{ id: '1', value: '222' }], 'tooLong', ['60', '1']],
    [[{ id: '1', value: '2x' }], 'alphabet', ['60', '1']],
    [[{ id: '1', value: [] }], 'value', ['60', '1']],
  ])('parts %j cannot be joined', (parts, code, path) => {
    const packed = dialect.pack({ mti: '0200', fields: { '60': parts } })
    expect(packed.ok ? null : packed.error).toMatchObject({ code, path })
  })
})

describe('chip data of a UnionPay terminal', () => {
  const dialect = shippedDialect('unionpay-pos')
  const hex =
    '9F2608DEAE676D1C4734119F02060000000055885F2A0201569F410400000003860101860102DF8101021122'

  test('listed tags are read by their format, unlisted and repeated ones are kept', () => {
    const split = dialect.split('55', hex)
    expect(split.ok ? split.parts : split.error).toEqual([
      { id: '9F26', value: 'DEAE676D1C473411' },
      { id: '9F02', value: '000000005588' },
      { id: '5F2A', value: '156' },
      { id: '9F41', value: '00000003' },
      { id: '86', value: '01' },
      { id: '86', value: '02' },
      { id: 'DF8101', value: '1122' },
    ])
    expect(split.ok && flat(dialect, '55', split.parts)).toBe(hex)
  })

  test('a constructed tag becomes parts of its own', () => {
    const script = '71099F1804000000018600'
    const split = dialect.split('55', script)
    expect(split.ok ? split.parts : split.error).toEqual([
      {
        id: '71',
        value: [
          { id: '9F18', value: '00000001' },
          { id: '86', value: '' },
        ],
      },
    ])
    expect(split.ok && flat(dialect, '55', split.parts)).toBe(script)
  })

  test('a tag with the wrong length is an error with the tag in its path', () => {
    const split = dialect.split('55', '9F0203000055')
    expect(split.ok ? null : split.error).toMatchObject({
      code: 'tooShort',
      path: ['55', '9F02'],
      need: 6,
      have: 3,
    })
  })

  test.each([
    ['9F', 'value'],
    ['9F26 ', 'value'],
    ['zz', 'value'],
    ['', 'value'],
    ['9F261', 'value'],
  ])('%s is no tag and is not packed', (id, code) => {
    const packed = dialect.pack({ mti: '0200', fields: { '55': [{ id, value: '00' }] } })
    expect(packed.ok ? null : packed.error).toMatchObject({ code, path: ['55', id] })
  })

  test('a view of chip data shows only the tags that are known to be harmless', () => {
    const { fields } = describeMessage(
      dialect,
      {
        mti: '0200',
        fields: { '55': '5A086222020011100012950500000000005F2403301231' },
        bytes: {},
      },
      'en',
    )
    expect(fields).toEqual([
      {
        field: '55',
        name: 'Chip data',
        value: '***',
        parts: [
          { field: '5A', name: '', value: '***' },
          { field: '95', name: 'TVR', value: '0000000000' },
          { field: '5F24', name: '', value: '***' },
        ],
      },
    ])
  })
})

describe('private fields', () => {
  test('tags and lengths as text: A3, three digits of length, the code', () => {
    const dialect = structured({
      kind: 'tlv',
      tagWidth: 2,
      tagEncoding: 'text',
      lengthWidth: 3,
      lengthEncoding: 'ascii',
      tags: { A3: { format: 'ans..30' } },
    })
    const parts = [
      { id: 'A3', value: '286212345678901234' },
      { id: 'ZZ', value: '00FF' },
    ]
    const hex = flat(dialect, '62', parts)
    expect(Buffer.from(hex, 'hex').toString('latin1')).toBe(
      'A3018286212345678901234ZZ002\u0000\u00ff',
    )
    expect(dialect.split('62', hex)).toEqual({ ok: true, parts })
    expect(dialect.split('63', 'A3002xyA3')).toMatchObject({
      ok: false,
      error: { code: 'truncated', path: ['63', 'A3'], offset: 9 },
    })
  })

  test('parameters without lengths end at the first tag whose width is not known', () => {
    const dialect = structured({
      kind: 'tlv',
      tagWidth: 2,
      tagEncoding: 'text',
      lengthWidth: 0,
      lengthEncoding: 'ascii',
      tags: { '12': { format: 'ans2' }, '23': { format: 'ans1' } },
    })
    expect(dialect.split('63', '1230233')).toEqual({
      ok: true,
      parts: [
        { id: '12', value: '30' },
        { id: '23', value: '3' },
      ],
    })
    expect(dialect.split('63', '123099x')).toMatchObject({
      error: { code: 'unknownField', path: ['63', '99'], offset: 4 },
    })
  })

  test('a sequence of fields with a message inside a message', () => {
    const dialect = structured({
      kind: 'sequence',
      parts: [
        { id: 'count', format: 'n2' },
        {
          id: 'inner',
          format: 'b..50',
          parts: {
            kind: 'bitmapped',
            bitmap: 'raw',
            bitmapBytes: 2,
            fields: { '1': { format: 'n4' }, '16': { format: 'ans..10' } },
          },
        },
      ],
    })
    const parts: readonly Part[] = [
      { id: 'count', value: '07' },
      {
        id: 'inner',
        value: [
          { id: '1', value: '1234' },
          { id: '16', value: 'hello' },
        ],
      },
    ]
    expect(flat(dialect, '62', parts)).toBe('0710800112340568656C6C6F')
    expect(dialect.split('62', '0710800112340568656C6C6F')).toEqual({ ok: true, parts })
    expect(dialect.split('62', '0720800112340568656C')).toMatchObject({
      error: { code: 'truncated', path: ['62', 'inner'] },
    })
    expect(dialect.split('62', '0706400112340568')).toMatchObject({
      error: { code: 'unknownField', path: ['62', 'inner', '2'], offset: 4 },
    })
    expect(dialect.join('62', [...parts, { id: 'more', value: '' }])).toMatchObject({
      error: { code: 'unknownField', path: ['62', 'more'] },
    })
  })

  test('bits of an inner bitmap are set in ascending order only, and only for known fields', () => {
    const dialect = structured({
      kind: 'bitmapped',
      bitmap: 'hex',
      bitmapBytes: 1,
      fields: { '1': { format: 'n2' }, '2': { format: 'n2' } },
    })
    const part = (id: string) => ({ id, value: '01' })
    expect(flat(dialect, '62', [part('1'), part('2')])).toBe('43300101')
    expect(dialect.join('62', [part('2'), part('1')])).toMatchObject({ error: { code: 'value' } })
    expect(dialect.join('62', [part('3')])).toMatchObject({ error: { code: 'unknownField' } })
    expect(dialect.join('62', [part('01')])).toMatchObject({ error: { code: 'unknownField' } })
  })
})

test('whatever bytes stand in a structured field, splitting gives an outcome', () => {
  const kinds: readonly CompositeSpec[] = [
    { kind: 'berTlv', tags: { '71': { format: 'b..20', parts: { kind: 'berTlv' } } } },
    { kind: 'tlv', tagWidth: 1, tagEncoding: 'raw', lengthWidth: 1, lengthEncoding: 'binary' },
    {
      kind: 'sequence',
      parts: [
        { id: 'a', format: 'n..19' },
        { id: 'b', format: 'ans..9' },
      ],
      cut: true,
    },
    { kind: 'bitmapped', bitmap: 'raw', bitmapBytes: 1, fields: { '3': { format: 'b..9' } } },
  ]
  const dialects = kinds.map(structured)
  const holds = fc.check(
    fc.property(
      fc.constantFrom(...dialects),
      fc.uint8Array({ maxLength: 60 }),
      (dialect, bytes) => {
        const split = dialect.split('62', bytes)
        if (!split.ok) return split.error.path[0] === '62' && split.error.offset <= bytes.length
        const joined = dialect.join('62', split.parts)
        const again = joined.ok && dialect.split('62', joined.value)
        return JSON.stringify(again) === JSON.stringify(split)
      },
    ),
    { numRuns: 2000 },
  )
  expect(holds).toMatchObject({ failed: false, counterexample: null })
})

test('a field without inner structure says so', () => {
  expect(shippedDialect('unionpay-pos').split('41', '12345678')).toMatchObject({
    error: { code: 'unknownField', path: ['41'] },
  })
})

test('the merchant of an ISO 8583:2003 message has a bitmap of its own', () => {
  const dialect = shippedDialect('iso2003-bcd')
  const parts: readonly Part[] = [
    { id: '2', value: 'Tea House' },
    { id: '7', value: '156' },
  ]
  const hex = flat(dialect, '43', parts)
  expect(hex).toBe('42000000000000000954656120486F757365313536')
  expect(dialect.split('43', hex)).toEqual({ ok: true, parts })
})
