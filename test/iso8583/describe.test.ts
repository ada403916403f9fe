/** What people see of a message: names, types, and nothing of the card beyond first 6 and last 4. */
import { expect, test } from 'vitest'
import { type Description, describeMessage } from '#iso8583/describe.ts'
import type { CompositeSpec, FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect } from '#iso8583/dialect.ts'
import { maskField, maskFields, maskPan } from '#iso8583/mask.ts'
import { answerType, messageType } from '#iso8583/mti.ts'
import { shippedDialect } from './dialects.ts'
import { SPEC, structured } from './one-field.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

test('a described sale shows names in Chinese and masks card data, text or bytes alike', () => {
  const description = describeMessage(
    shippedDialect('unionpay-pos'),
    {
      mti: '0210',
      fields: { '4': '000000000100', '52': '0123456789ABCDEF', '55': '5A0862220210011100' },
      bytes: { '2': ascii('6222021001110000012'), '35': ascii('6222021001110000012D3012') },
    },
    'zh-CN',
  )
  expect(description).toMatchObject({
    mti: '0210',
    type: '1987 金融请求应答（受理方）',
    fields: [
      { field: '2', name: '主账号', value: '622202*********0012' },
      { field: '4', name: '交易金额（分）', value: '000000000100' },
      { field: '35', value: '***' },
      { field: '52', value: '***' },
      { field: '55', value: '***' },
    ],
  })
})

test('an inside that is not what the dialect says is told, of a sensitive field not even where', () => {
  const { fields } = describeMessage(
    shippedDialect('unionpay-pos'),
    { mti: '0210', fields: { '55': '5A0862', '61': '000001000002112' }, bytes: {} },
    'en',
  )
  expect(fields).toEqual([
    expect.objectContaining({ field: '55', value: '***', unreadable: 'truncated' }),
    expect.objectContaining({
      field: '61',
      unreadable: expect.stringMatching(/^field 61\.3 at byte 12/),
    }),
  ])
})

test.each(['0200x', 'x0200', '020', '02A0'])('%s is no message type', (mti) => {
  expect(messageType(mti)).toBe(null)
})

test.each([
  ['6222021001112', '622202***1112'],
  ['6222021001110000012', '622202*********0012'],
])('a card number of %s is shown as %s', (pan, shown) => {
  expect(maskPan(pan)).toBe(shown)
  expect(maskPan(ascii(pan))).toBe(shown)
})

test.each(['', '622202100111', '62220210011100000123', '622202100111000001X', '*'])(
  'what is no card number (%s) is hidden whole',
  (value) => {
    expect(maskPan(value)).toBe('***')
    expect(maskPan(ascii(value))).toBe('***')
  },
)

test('a field that the dialect does not know is hidden', () => {
  expect(maskField(shippedDialect('unionpay-pos').spec, '127', '6222021001110000012')).toBe('***')
})

test.each([
  ['0100', '1987 authorization request acquirer'],
  ['1421', '1993 reversal advice acquirer repeat'],
  ['2804', '2003 network management request other'],
  ['0097', '1987 reserved reserved reserved'],
  ['3100', 'unknown authorization request acquirer'],
])('message type %s reads %s', (mti, words) => {
  const type = messageType(mti)
  expect(type && `${type.version} ${type.class.en} ${type.function.en} ${type.origin.en}`).toBe(
    words,
  )
})

test.each([
  ['0200', '0210'],
  ['0220', '0230'],
  ['0421', '0430'],
  ['0800', '0810'],
  ['1804', '1814'],
  ['0203', '0212'],
  ['0260', '0270'],
  ['0280', null],
  ['0210', null],
  ['02x0', null],
  ['02001', null],
  ['x0200', null],
])('the answer to %s is %s', (mti, answer) => {
  expect(answerType(mti)).toBe(answer)
})

test('a table that says nothing of secrets hides the fields of the card, and shows those it says are none', () => {
  const { spec } = compileDialect({
    name: 'own',
    mti: 'ascii',
    bitmap: 'raw',
    lastField: 64,
    digits: 'ascii',
    binary: 'raw',
    prefix: 'ascii',
    charset: 'ascii',
    fields: {
      2: { format: 'n..19' },
      4: { format: 'n12' },
      14: { format: 'n4', sensitive: false },
      35: { format: 'z..37' },
      52: { format: 'b64' },
    },
  })
  const fields = { 2: '6222021001112345', 4: '000000000100', 14: '3012', 35: '62=30', 52: 'AA' }
  expect(maskFields(spec, fields)).toEqual({
    2: '622202******2345',
    4: '000000000100',
    14: '3012',
    35: '***',
    52: '***',
  })
})

const SECRET_PART = { id: '2', format: 'n4', sensitive: true } as const
const HARMLESS_PART = { id: '1', format: 'n2' } as const

test.each<readonly [string, CompositeSpec, boolean]>([
  ['slices', { kind: 'slices', parts: [HARMLESS_PART, SECRET_PART] }, true],
  ['a sequence', { kind: 'sequence', parts: [HARMLESS_PART, SECRET_PART] }, true],
  ['chip tags', { kind: 'berTlv', tags: { '57': { format: 'b..19', sensitive: true } } }, true],
  ['harmless parts', { kind: 'slices', parts: [HARMLESS_PART] }, false],
  ['chip tags that nobody lists', { kind: 'berTlv' }, false],
  [
    'a bitmap with a secret inside a part',
    {
      kind: 'bitmapped',
      bitmap: 'raw',
      bitmapBytes: 1,
      fields: { '1': { format: 'b..9', parts: { kind: 'sequence', parts: [SECRET_PART] } } },
    },
    true,
  ],
])(
  'a field of %s shows its whole only where nothing inside is secret',
  (_what, parts, isHidden) => {
    const spec = { ...SPEC, fields: { '48': { format: 'b..99', parts } } }
    expect(maskField(spec, '48', 'AA')).toBe(isHidden ? '***' : 'AA')
    expect(maskField(spec, '48', Uint8Array.of(0xaa))).toBe(isHidden ? '***' : 'AA')
  },
)

test('of a field with one secret part the others are shown', () => {
  const parts: CompositeSpec = { kind: 'slices', parts: [HARMLESS_PART, SECRET_PART] }
  const dialect = structured(parts)
  const message = { mti: '0200', fields: { '63': '011234' }, bytes: {} }
  expect(describeMessage(dialect, message, 'en').fields).toEqual([
    {
      field: '63',
      name: '',
      value: '***',
      parts: [
        { field: '1', name: '', value: '01' },
        { field: '2', name: '', value: '***' },
      ],
    },
  ])
})

test('a table that was never compiled hides the fields of the card as well', () => {
  const spec = { ...SPEC, fields: { '2': { format: 'n..19' }, '35': { format: 'z..37' } } }
  const fields = { '2': '6222021001112345', '35': '62=30' }
  expect(maskFields(spec, fields)).toEqual({ '2': '622202******2345', '35': '***' })
})

const CHIP_TAGS: CompositeSpec = {
  kind: 'berTlv',
  tags: {
    '95': { format: 'b40', sensitive: false, name: { 'zh-CN': '终端验证结果', en: 'TVR' } },
    '57': { format: 'b..19', sensitive: true },
    '9F02': { format: 'n12' },
  },
}

/** What is shown of the chip data `hex` as `62=value`, what is inside in brackets, and a fault instead of parts. */
function shownOf(spec: FieldSpec, field: string, hex: string): string {
  const dialect = compileDialect({ ...SPEC, fields: { [field]: spec } })
  const [shown] = describeMessage(
    dialect,
    { mti: '0200', fields: { [field]: hex }, bytes: {} },
    'en',
  ).fields
  return shown === undefined ? '' : inWords(shown)
}

type Shown = Description['fields'][number]

function inWords({ field, value, parts, unreadable }: Shown): string {
  const inside = unreadable ?? parts?.map(inWords).join(' ')
  return `${field}=${value}${inside === undefined ? '' : `[${inside}]`}`
}

const SALE = '5A08622202100111000195050000000000' + '9F0206000000000100'

test.each<readonly [string, FieldSpec, string, string, string]>([
  [
    'of chip data whose table says nothing of secrets only harmless tags are',
    { format: 'b..255', parts: CHIP_TAGS },
    '55',
    SALE,
    '55=***[5A=*** 95=0000000000 9F02=***]',
  ],
  [
    'of chip data that the table says is none of it, all is but the secret tags',
    { format: 'b..255', sensitive: false, parts: CHIP_TAGS },
    '55',
    `${SALE}5702ABCD`,
    '55=***[5A=6222021001110001 95=0000000000 9F02=000000000100 57=***]',
  ],
  [
    'a secret tag is hidden inside a tag that nobody lists',
    { format: 'b..255', parts: CHIP_TAGS },
    '62',
    '71085702ABCD8A023030' + '720795050000000000',
    '62=***[71=[57=*** 8A=3030] 72=[95=0000000000]]',
  ],
  [
    'what is wrong with chip data is told without the tags that stand there',
    { format: 'b..255', parts: CHIP_TAGS },
    '55',
    '5A0862',
    '55=***[truncated]',
  ],
  [
    'what is wrong with a field that has a secret part is told without where',
    { format: 'b..255', parts: CHIP_TAGS },
    '62',
    '5A0862',
    '62=***[truncated]',
  ],
])('%s shown', (_what, spec, field, hex, shown) => {
  expect(shownOf(spec, field, hex)).toBe(shown)
})

test('of a part with parts of its own these have their names, whatever they are called around it', () => {
  const name = (en: string) => ({ 'zh-CN': en, en })
  const dialect = structured({
    kind: 'sequence',
    parts: [
      { id: '1', format: 'n2', name: name('Count') },
      {
        id: '2',
        format: 'b..9',
        name: name('Lane'),
        parts: { kind: 'sequence', parts: [{ id: '1', format: 'n2', name: name('Till') }] },
      },
    ],
  })
  const message = { mti: '0810', fields: { '62': '070109' }, bytes: {} }
  expect(describeMessage(dialect, message, 'en')).toEqual({
    mti: '0810',
    type: '1987 network management request response, acquirer',
    fields: [
      {
        field: '62',
        name: '',
        value: '070109',
        parts: [
          { field: '1', name: 'Count', value: '07' },
          {
            field: '2',
            name: 'Lane',
            value: '',
            parts: [{ field: '1', name: 'Till', value: '09' }],
          },
        ],
      },
    ],
  })
})

test('a field that nobody knows, and a message type that is none, are shown as such', () => {
  const message = { mti: 'x', fields: { '3': '000000', '62': '5A0107' }, bytes: {} }
  const dialect = structured({ kind: 'berTlv' })
  expect(describeMessage(dialect, message, 'en')).toEqual({
    mti: 'x',
    type: '',
    fields: [
      { field: '3', name: '', value: '***' },
      { field: '62', name: '', value: '5A0107', parts: [{ field: '5A', name: '', value: '07' }] },
    ],
  })
})

test('a field without parts is shown as it is', () => {
  const dialect = compileDialect({ ...SPEC, fields: { '3': { format: 'n6' } } })
  const message = { mti: '0200', fields: { '3': '000000' }, bytes: {} }
  expect(describeMessage(dialect, message, 'zh-CN').fields).toEqual([
    { field: '3', name: '', value: '000000' },
  ])
})
