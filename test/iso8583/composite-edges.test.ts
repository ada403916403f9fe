/** The edges of what stands inside a field: which part is blamed and where, and what is never put together. */
import { expect, test } from 'vitest'
import type { Part } from '#iso8583/composite/composite.ts'
import type { CompositeSpec } from '#iso8583/dialect/dialect-spec.ts'
import { structured, told } from './one-field.ts'

const PAIR: CompositeSpec = {
  kind: 'sequence',
  parts: [
    { id: 'a', format: 'n2' },
    { id: 'b', format: 'ans..5' },
  ],
}
const CUT_PAIR: CompositeSpec = { ...PAIR, cut: true }
const NESTED: CompositeSpec = {
  kind: 'sequence',
  parts: [
    { id: 'a', format: 'n2' },
    { id: 'inner', format: 'b..9', parts: PAIR },
  ],
}
const BITS: CompositeSpec = {
  kind: 'bitmapped',
  bitmap: 'raw',
  bitmapBytes: 2,
  fields: { '1': { format: 'n2' }, '3': { format: 'ans..9' }, '16': { format: 'n2' } },
}
const HEX_BITS: CompositeSpec = {
  ...BITS,
  bitmap: 'hex',
  bitmapBytes: 1,
  fields: { '8': { format: 'n2' } },
}
const TEXT_TAGS: CompositeSpec = {
  kind: 'tlv',
  tagWidth: 2,
  tagEncoding: 'text',
  lengthWidth: 1,
  lengthEncoding: 'ascii',
  tags: { A3: { format: 'n4' }, B1: { format: 'b..9', parts: PAIR } },
}
const DIGIT_TAGS: CompositeSpec = { ...TEXT_TAGS, tagEncoding: 'bcd', tags: {} }
const KNOWN_TAGS: CompositeSpec = {
  ...TEXT_TAGS,
  lengthWidth: 0,
  tags: { '12': { format: 'ans..5' } },
}
const BER: CompositeSpec = {
  kind: 'berTlv',
  tags: { '9F02': { format: 'n12' }, DF01: { format: 'b..9', parts: PAIR } },
}

/** Text and hex: `A3` is two characters, `<12>` one byte. */
function bytes(text: string): Uint8Array {
  const hex = text.replace(
    /<([0-9A-F]*)>|([^<])/g,
    (_all, inside: string | undefined, one: string) =>
      inside === undefined ? Buffer.from(one, 'latin1').toString('hex') : inside,
  )
  return Buffer.from(hex, 'hex')
}

function splitOf(spec: CompositeSpec, text: string): unknown {
  const split = structured(spec).split('62', bytes(text))
  return split.ok ? split.parts : told(split.error)
}

test.each([
  ['a field that is not there', PAIR, '', 'truncated 62.a at 0, need 1, have 0'],
  ['its second one', PAIR, '<07>', 'truncated 62.b at 1, need 1, have 0'],
  ['one that ends early', PAIR, '<0702>A', 'truncated 62.b at 2, need 2, have 1'],
  [
    'one that ends early where some may be missing',
    CUT_PAIR,
    '<0702>A',
    'truncated 62.b at 2, need 2, have 1',
  ],
  ['a byte behind the last', PAIR, '<0702>ABC', 'leftover 62 at 4, need 0, have 1'],
  ['a part inside a part', NESTED, '<07020702>', 'truncated 62.inner.b at 4, need 2, have 0'],
  ['a part around parts', NESTED, '<0709>AB', 'truncated 62.inner at 2, need 9, have 2'],
  ['no bitmap', BITS, '<80>', 'truncated 62 at 0, need 2, have 1'],
  ['a bit without its field', BITS, '<2000>', 'truncated 62.3 at 2, need 1, have 0'],
  ['a bit of no field', BITS, '<4000>', 'unknownField 62.2 at 2, need 0, have 1'],
  [
    'a bit of no field behind a good one',
    BITS,
    '<800207>',
    'unknownField 62.15 at 3, need 0, have 1',
  ],
  ['a bitmap that is no hex', HEX_BITS, '0G', 'alphabet 62 at 1, need 0, have 1'],
  ['the first of two wrong bits', BITS, '<400107>', 'unknownField 62.2 at 2, need 0, have 1'],
  ['a number without digits', TEXT_TAGS, 'A30', 'tooShort 62.A3 at 3, need 2, have 0'],
  ['half a tag', TEXT_TAGS, 'A', 'truncated 62 at 0, need 2, have 1'],
  ['a tag that is no text', TEXT_TAGS, 'A<FF>2', 'alphabet 62 at 1, need 0, have 1'],
  ['no length', TEXT_TAGS, 'A3', 'truncated 62.A3 at 2, need 1, have 0'],
  ['a length that is none', TEXT_TAGS, 'A3x', 'prefix 62.A3 at 2, need 1, have 1'],
  ['a value that ends early', TEXT_TAGS, 'A32<12>', 'truncated 62.A3 at 3, need 2, have 1'],
  ['a value of the wrong length', TEXT_TAGS, 'A33<123456>', 'tooLong 62.A3 at 3, need 2, have 3'],
  ['a letter in a number', TEXT_TAGS, 'A32<12A4>', 'alphabet 62.A3 at 4, need 0, have 1'],
  ['a tag inside a tag', TEXT_TAGS, 'ZZ1<00>B12<0702>', 'truncated 62.B1.b at 9, need 2, have 0'],
  ['a tag of unknown width', KNOWN_TAGS, '12<02>AB13', 'unknownField 62.13 at 5, need 0, have 1'],
  ['half a tag of known width', KNOWN_TAGS, '12<02>AB1', 'truncated 62 at 5, need 2, have 1'],
  ['a chip tag that goes on', BER, '<1F>', 'truncated 62 at 1, need 0, have 0'],
  ['a chip tag too long', BER, '<1F8181818101>', 'limit 62 at 0, need 0, have 0'],
  ['a chip value that ends early', BER, '<5A0562>', 'truncated 62.5A at 2, need 0, have 0'],
  [
    'chip data of the wrong length',
    BER,
    '<71069F0203000055>',
    'tooShort 62.71.9F02 at 2, need 6, have 3',
  ],
  ['a field inside chip data', BER, '<8A00DF010107>', 'truncated 62.DF01.b at 2, need 1, have 0'],
] as const)('%s is found where it stands', (_what, spec, text, expected) => {
  expect(splitOf(spec, text)).toBe(expected)
})

test.each([
  ['nothing', CUT_PAIR, '', []],
  ['the first only', CUT_PAIR, '<07>', [{ id: 'a', value: '07' }]],
  ['the last bit', BITS, '<000107>', [{ id: '16', value: '07' }]],
  ['no bit', BITS, '<0000>', []],
  [
    'two bits in one byte',
    BITS,
    '<A0000701>A',
    [
      { id: '1', value: '07' },
      { id: '3', value: 'A' },
    ],
  ],
  ['as much as a length can say', TEXT_TAGS, 'ZZ9AAAAAAAAA', [{ id: 'ZZ', value: '41'.repeat(9) }]],
  ['bits as hex', HEX_BITS, '01<07>', [{ id: '8', value: '07' }]],
  ['a tag that is not listed, and is empty', TEXT_TAGS, 'ZZ0', [{ id: 'ZZ', value: '' }]],
  ['a tag with its own length', KNOWN_TAGS, '12<02>AB', [{ id: '12', value: 'AB' }]],
  ['tags of two digits in a byte', DIGIT_TAGS, '<12>2<0034>', [{ id: '12', value: '0034' }]],
  ['no tags', BER, '', []],
  [
    'parts inside parts',
    TEXT_TAGS,
    'B13<0701>x',
    [
      {
        id: 'B1',
        value: [
          { id: 'a', value: '07' },
          { id: 'b', value: 'x' },
        ],
      },
    ],
  ],
] as const)('%s can be read, and is put together the same', (_what, spec, text, parts) => {
  expect(splitOf(spec, text)).toEqual(parts)
  const joined = structured(spec).join('62', parts)
  expect(joined.ok ? Buffer.from(joined.value) : told(joined.error)).toEqual(bytes(text))
})

const CHIP_TOO_SHORT = 'tooShort 62.9F02 at 0, need 12, have 11'
const CHIP_TOO_LONG = 'tooLong 62.9F02 at 0, need 12, have 13'

const part = (id: string, value: Part['value'] = '07'): Part => ({ id, value })

test.each([
  ['a part too few', PAIR, [part('a')], 'value 62.b at 0, need 0, have 0'],
  ['parts out of order', CUT_PAIR, [part('b'), part('a')], 'value 62.a at 0, need 0, have 0'],
  [
    'a part too many',
    PAIR,
    [part('a'), part('b'), part('c')],
    'unknownField 62.c at 0, need 0, have 0',
  ],
  ['a digit too few', PAIR, [part('a', '7')], 'tooShort 62.a at 0, need 2, have 1'],
  ['parts where none are', PAIR, [part('a', [])], 'value 62.a at 0, need 0, have 0'],
  ['a field twice', BITS, [part('1'), part('1')], 'value 62.1 at 0, need 0, have 0'],
  ['a field without a bit', BITS, [part('2')], 'unknownField 62.2 at 0, need 0, have 0'],
  ['a letter in a number', BITS, [part('1', '0x')], 'alphabet 62.1 at 0, need 0, have 1'],
  ['a letter in a tag', TEXT_TAGS, [part('A3', '12x4')], 'alphabet 62.A3 at 1, need 0, have 1'],
  [
    'a digit too few inside a part',
    NESTED,
    [part('a'), part('inner', [part('a', '7')])],
    'tooShort 62.inner.a at 0, need 2, have 1',
  ],
  ['a tag too short', TEXT_TAGS, [part('A')], 'unknownField 62.A at 0, need 0, have 0'],
  ['a tag that is no ASCII', TEXT_TAGS, [part('é1')], 'alphabet 62.é1 at 0, need 0, have 1'],
  [
    'more than a length can say',
    TEXT_TAGS,
    [part('ZZ', '00'.repeat(10))],
    'tooLong 62.ZZ at 2, need 9, have 10',
  ],
  ['a tag of unknown width', KNOWN_TAGS, [part('13')], 'unknownField 62.13 at 0, need 0, have 0'],
  [
    'half a byte in a tag',
    BER,
    [part('71', [part('5A', '123')])],
    'alphabet 62.71.5A at 0, need 0, have 3',
  ],
  ['a digit too few in chip data', BER, [part('9F02', '00000000010')], CHIP_TOO_SHORT],
  ['a digit too many in chip data', BER, [part('9F02', '0000000001000')], CHIP_TOO_LONG],
  ['a tag in small letters', BER, [part('5a')], 'value 62.5a at 0, need 0, have 0'],
  ['a tag of five bytes', BER, [part('9F81818101')], 'value 62.9F81818101 at 0, need 0, have 0'],
  ['no tag in a tag', BER, [part('71', [part('zz')])], 'value 62.71.zz at 0, need 0, have 0'],
  ['a tag of zeros', BER, [part('00')], 'value 62.00 at 0, need 0, have 0'],
  ['two tags as one', BER, [part('5A5A')], 'value 62.5A5A at 0, need 0, have 0'],
] as const)('%s is not put together', (_what, spec, parts, expected) => {
  const joined = structured(spec).join('62', parts)
  expect(joined.ok ? joined.value : told(joined.error)).toBe(expected)
})

const MANY: CompositeSpec = {
  kind: 'tlv',
  tagWidth: 1,
  tagEncoding: 'raw',
  lengthWidth: 1,
  lengthEncoding: 'binary',
}

test('as many parts as a field may have are read and written, one more is not', () => {
  const dialect = structured(MANY)
  const most = dialect.split('62', new Uint8Array(2048))
  expect(most.ok && most.parts).toHaveLength(1024)
  expect(most.ok && dialect.join('62', most.parts)).toEqual({
    ok: true,
    value: new Uint8Array(2048),
  })
  const more = dialect.split('62', new Uint8Array(2050))
  expect(more.ok ? '' : told(more.error)).toBe('limit 62 at 2048, need 1024, have 1025')
  const joined = dialect.join(
    '62',
    Array.from({ length: 1025 }, () => part('00', '')),
  )
  expect(joined.ok ? '' : told(joined.error)).toBe('limit 62 at 0, need 1024, have 1025')
})

test.each(['ABC', '5A0', '5AGG', '5a01'])('%s is no binary value, and has no parts', (value) => {
  const split = structured(BER).split('62', value)
  expect(split.ok ? split.parts : told(split.error)).toBe('alphabet 62 at 0, need 0, have 0')
})

test('a field without parts takes none', () => {
  const dialect = structured(BER)
  for (const one of [dialect.join('61', [part('5A')]), dialect.split('61', '5A')]) {
    expect(one.ok ? 'good' : told(one.error)).toBe('unknownField 61 at 0, need 0, have 0')
  }
})
