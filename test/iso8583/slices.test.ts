/** A flat value cut into pieces of known width: none may be missing in part, and nothing may stand behind the last. */
import { expect, test } from 'vitest'
import type { Part } from '#iso8583/composite/composite.ts'
import type { CompositeSpec, FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect } from '#iso8583/dialect.ts'
import { SPEC, structured, told } from './one-field.ts'

const WHOLE: CompositeSpec = {
  kind: 'slices',
  parts: [
    { id: '1', format: 'n2' },
    { id: '2', format: 'an3' },
  ],
}
const CUT: CompositeSpec = { ...WHOLE, cut: true }
const OPEN: CompositeSpec = {
  kind: 'slices',
  parts: [
    { id: '1', format: 'n2' },
    { id: 'rest', format: 'n..3' },
  ],
}

function splitOf(spec: CompositeSpec, value: string | Uint8Array): string {
  const split = structured(spec).split('63', value)
  return split.ok ? partsInWords(split.parts) : told(split.error)
}

function partsInWords(parts: readonly Part[]): string {
  return parts
    .map(({ id, value }) => `${id}=${typeof value === 'string' ? value : 'parts'}`)
    .join(' ')
}

test.each([
  [WHOLE, '01ABC', '1=01 2=ABC'],
  [WHOLE, '', 'truncated 63.1 at 0, need 2, have 0'],
  [WHOLE, '01', 'truncated 63.2 at 2, need 3, have 0'],
  [WHOLE, '01ABCDE', 'leftover 63 at 5, need 0, have 2'],
  [WHOLE, '0xABC', 'alphabet 63.1 at 0, need 0, have 0'],
  [CUT, '', ''],
  [CUT, '01', '1=01'],
  [CUT, '01AB', 'truncated 63.2 at 2, need 3, have 2'],
  [OPEN, '01', '1=01 rest='],
  [OPEN, '0112', '1=01 rest=12'],
  [OPEN, '01123', '1=01 rest=123'],
  [OPEN, '011234', 'leftover 63 at 5, need 0, have 1'],
  [OPEN, '0112x', 'alphabet 63.rest at 2, need 0, have 0'],
] as const)('%j cuts %j into %s', (spec, value, expected) => {
  expect(splitOf(spec, value)).toBe(expected)
  expect(splitOf(spec, Buffer.from(value))).toBe(expected)
})

const part = (id: string, value: Part['value']): Part => ({ id, value })

test.each([
  [WHOLE, [part('1', '01'), part('2', 'ABC')], '01ABC'],
  [WHOLE, [part('1', '01')], 'tooShort 63.2 at 2, need 3, have 0'],
  [CUT, [part('1', '01')], '01'],
  [CUT, [], ''],
  [OPEN, [part('1', '01'), part('rest', '')], '01'],
  [OPEN, [part('1', '01'), part('rest', '1')], '011'],
  [OPEN, [part('1', '01'), part('rest', '1234')], 'tooLong 63.rest at 2, need 3, have 4'],
  [OPEN, [part('1', '01'), part('rest', '1x')], 'alphabet 63.rest at 2, need 0, have 0'],
  [WHOLE, [part('1', '01'), part('2', 'AB')], 'tooShort 63.2 at 2, need 3, have 2'],
  [WHOLE, [part('1', '012')], 'tooLong 63.1 at 0, need 2, have 3'],
  [WHOLE, [part('2', '01')], 'value 63.1 at 0, need 0, have 0'],
  [WHOLE, [part('1', [part('1', '01')])], 'value 63.1 at 0, need 0, have 0'],
  [
    CUT,
    [part('1', '01'), part('2', 'ABC'), part('3', '')],
    'unknownField 63.3 at 5, need 0, have 0',
  ],
] as const)('%j puts %j together to %s', (spec, parts, expected) => {
  const joined = structured(spec).join('63', parts)
  expect(joined.ok ? joined.value : told(joined.error)).toBe(expected)
})

test('a value as long as a message may be is cut without a throw', () => {
  expect(splitOf(OPEN, new Uint8Array(262_144).fill(0x30))).toBe(
    'leftover 63 at 5, need 0, have 262139',
  )
})

const PIECES: CompositeSpec = {
  kind: 'slices',
  parts: [
    { id: '1', format: 'an2' },
    { id: '2', format: 'an..9' },
  ],
}

test.each<readonly [FieldSpec, string, string]>([
  [{ format: 'ans..9', charset: 'cp1047' }, '01ABC', '1=01 2=ABC'],
  [{ format: 'ans..9', charset: 'gbk' }, '01成功', '1=01 2=成功'],
  [{ format: 'ans..9', charset: 'latin1' }, '01é', '1=01 2=é'],
  [{ format: 'b..9' }, '01ABCD', '1=01 2=ABCD'],
  [{ format: 'b..9', binary: 'ebcdicHex' }, '01ABCD', '1=01 2=ABCD'],
  [{ format: 'n..9' }, '01234', '1=01 2=234'],
  [{ format: 'z..9', digits: 'ebcdic' }, '01=34', '1=01 2==34'],
])('of %j %j is %s, as text, as bytes, and as a part of another', (field, value, expected) => {
  const spec: FieldSpec = { ...field, parts: PIECES }
  const around: CompositeSpec = { kind: 'sequence', parts: [{ ...spec, id: 'inner' }] }
  const fields = { '2': spec, '62': { format: 'b..99', parts: around } }
  const dialect = compileDialect({ ...SPEC, fields })
  const packed = dialect.pack({ mti: '0800', fields: { '2': value } })
  const read = dialect.unpack(packed.ok ? packed.bytes : new Uint8Array(0), { asBytes: ['2'] })
  const bytes = (read.ok ? read.message.bytes['2'] : undefined) ?? new Uint8Array(0)
  for (const one of [value, bytes]) {
    const split = dialect.split('2', one)
    expect(split.ok ? partsInWords(split.parts) : told(split.error)).toBe(expected)
  }
  const split = dialect.split('2', value)
  const parts = [{ id: 'inner', value: split.ok ? split.parts : [] }]
  const joined = dialect.join('62', parts)
  expect(joined.ok && dialect.split('62', joined.value)).toEqual({ ok: true, parts })
})
