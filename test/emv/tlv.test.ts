import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import {
  findTlv,
  flattenTlv,
  parseTlv,
  TLV_MAX_BYTES,
  TLV_MAX_DEPTH,
  TLV_MAX_OBJECTS,
} from '#emv/tlv.ts'
import { buildTlv, type TlvItem } from '#emv/tlv-build.ts'
import { hex } from '../crypto/hex-of.ts'

const primitiveTag = fc.constantFrom('9F02', '95', '5A', '9F37', 'DF31', 'DFEE25', '8A')
const constructedTag = fc.constantFrom('6F', 'A5', 'BF0C', '70', 'FFEE01')
const { item } = fc.letrec<{ item: TlvItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.record({ tag: primitiveTag, value: fc.uint8Array({ maxLength: 300 }) }),
    fc.record({ tag: constructedTag, children: fc.array(tie('item'), { maxLength: 4 }) }),
  ),
}))
const items = fc.array(item, { maxLength: 5 })

test('what is built is read back, object by object', () => {
  fc.assert(
    fc.property(items, (built) => {
      const outcome = parseTlv(buildTlv(built))
      expect(outcome.ok && outcome.objects.map(toItem)).toEqual(built)
    }),
  )
})

test('data cut off anywhere is an error with its place, never a guess', () => {
  const whole = hex('6F1A840E315041592E5359532E4444463031A5088801015F2D02656E')
  for (let length = 1; length < whole.length; length++) {
    const outcome = parseTlv(whole.subarray(0, length))
    expect(outcome).toMatchObject({ ok: false, error: { code: 'truncated' } })
    expect(outcome.ok ? Infinity : outcome.error.offset).toBeLessThanOrEqual(length)
  }
})

test('any bytes at all give an outcome', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(typeof parseTlv(bytes).ok).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})

test('zero bytes before, between, inside and after objects are padding', () => {
  const outcome = parseTlv(hex('00007008009F0201AA0000000095020102000000'))
  const tags = outcome.ok ? [...flattenTlv(outcome.objects)] : []
  expect(tags.map(([tag, value]) => [tag, toHex(value)])).toEqual([
    ['9F02', 'AA'],
    ['95', '0102'],
  ])
})

test('lengths longer than needed are read, and too many length bytes are refused', () => {
  const outcome = parseTlv(hex('95840000000101'))
  expect(outcome.ok && outcome.objects[0]?.value).toEqual(Uint8Array.of(1))
  expect(parseTlv(hex('9585000000000101'))).toMatchObject({
    ok: false,
    error: { code: 'lengthTooLong', path: ['95'], offset: 1 },
  })
})

test('the error names the way to the broken object, and keeps what stood before it', () => {
  const outcome = parseTlv(hex('8A0230306F05A5039F0205'))
  expect(outcome).toMatchObject({
    ok: false,
    error: { code: 'truncated', path: ['6F', 'A5', '9F02'], offset: 11 },
    objects: [{ tag: '8A' }],
  })
})

test('endless tags, nests, crowds and sizes are refused', () => {
  expect(parseTlv(hex('9F8181818101'))).toMatchObject({ ok: false, error: { code: 'tagTooLong' } })
  let nest: TlvItem = { tag: '95', value: new Uint8Array() }
  for (let depth = 1; depth < TLV_MAX_DEPTH; depth++) nest = { tag: '70', children: [nest] }
  expect(parseTlv(buildTlv([nest])).ok).toBe(true)
  const deeper = buildTlv([{ tag: '70', children: [{ tag: '70', children: [nest] }] }])
  expect(parseTlv(deeper)).toMatchObject({ ok: false, error: { code: 'tooDeep' } })
  const crowd = new Uint8Array((TLV_MAX_OBJECTS + 1) * 2).map((_, at) => (at % 2 === 0 ? 0x95 : 0))
  expect(parseTlv(crowd)).toMatchObject({ ok: false, error: { code: 'tooMany' } })
  expect(parseTlv(new Uint8Array(TLV_MAX_BYTES + 1))).toMatchObject({
    ok: false,
    error: { code: 'tooLarge' },
  })
})

test('a tag is found wherever it stands, and absent tags are absent', () => {
  const outcome = parseTlv(hex('6F1A840E315041592E5359532E4444463031A5088801015F2D02656E'))
  const objects = outcome.ok ? outcome.objects : []
  expect(toHex(findTlv(objects, '5F2D')?.value ?? new Uint8Array())).toBe('656E')
  expect(findTlv(objects, '9F02')).toBeNull()
})

test('values are views, so that zeroing the buffer zeroes them', () => {
  const buffer = hex('5A086222021001110000')
  const outcome = parseTlv(buffer)
  buffer.fill(0)
  expect(outcome.ok && toHex(outcome.objects[0]?.value ?? buffer)).toBe('0000000000000000')
})

test.each([
  [0, '9500'],
  [127, '957F'],
  [128, '958180'],
  [255, '9581FF'],
  [256, '95820100'],
])('a value of %i bytes is written with the shortest length', (length, start) => {
  const built = toHex(buildTlv([{ tag: '95', value: new Uint8Array(length) }]))
  expect(built).toBe(start + '00'.repeat(length))
})

test('the largest input and the most objects are read', () => {
  expect(parseTlv(new Uint8Array(TLV_MAX_BYTES))).toEqual({ ok: true, objects: [] })
  const crowd = new Uint8Array(TLV_MAX_OBJECTS * 2).map((_, at) => (at % 2 === 0 ? 0x95 : 0))
  expect(parseTlv(crowd).ok).toBe(true)
  expect(parseTlv(new Uint8Array(TLV_MAX_BYTES + 1))).toEqual({
    ok: false,
    error: { code: 'tooLarge', path: [], offset: 0 },
    objects: [],
  })
})

test.each([
  ['a tag cut off', '8A0230309F', { code: 'truncated', path: [], offset: 5 }],
  ['a tag cut off in a template', '70019F00', { code: 'truncated', path: ['70'], offset: 3 }],
  ['a tag without a length', '9F02', { code: 'truncated', path: ['9F02'], offset: 2 }],
  ['a length cut off', '958201', { code: 'truncated', path: ['95'], offset: 1 }],
  ['an endless tag', '009F81818101', { code: 'tagTooLong', path: [], offset: 1 }],
  ['a value cut off', '9502AA', { code: 'truncated', path: ['95'], offset: 2 }],
])('%s is told with its place', (_what, input, error) => {
  expect(parseTlv(hex(input))).toMatchObject({ ok: false, error })
})

test('the longest tag has four bytes, and the place of each object is told', () => {
  const outcome = parseTlv(hex('0070059F81820100'))
  expect(outcome).toMatchObject({
    ok: true,
    objects: [{ tag: '70', offset: 1, children: [{ tag: '9F818201', offset: 3, children: null }] }],
  })
})

test('a length byte of 80 is no value, as other terminals read it', () => {
  const outcome = parseTlv(hex('9580820139' + '00'))
  expect(outcome.ok && outcome.objects.map(({ tag }) => tag)).toEqual(['95', '82'])
})

test('of a tag that stands twice the first one counts', () => {
  const outcome = parseTlv(hex('70039501AA9501BB'))
  const found = outcome.ok ? flattenTlv(outcome.objects) : new Map()
  expect([...found].map(([tag, value]) => [tag, toHex(value)])).toEqual([['95', 'AA']])
})

test('writing a tag that is none is a bug', () => {
  for (const tag of ['', '9F', '9F02AA', '00', 'XY', '9F81818101']) {
    expect(() => buildTlv([{ tag, value: new Uint8Array() }])).toThrow('is no tag')
  }
})

function toItem(object: {
  tag: string
  value: Uint8Array
  children: readonly Parameters<typeof toItem>[0][] | null
}): TlvItem {
  return object.children === null
    ? { tag: object.tag, value: Uint8Array.from(object.value) }
    : { tag: object.tag, children: object.children.map(toItem) }
}
