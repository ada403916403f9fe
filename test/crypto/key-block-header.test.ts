/** Headers of key blocks by the letter: where each field stands, how long optional blocks may be, what is written and what is refused. */
import { expect, test } from 'vitest'
import { concat } from '#crypto/bytes.ts'
import { toHex } from '#crypto/hex.ts'
import { desCmac } from '#crypto/mac/cmac.ts'
import { headerTextOf, type KeyBlockHeader, splitKeyBlock } from '#crypto/tr31/key-block.ts'
import { protectionOf } from '#crypto/tr31/protection.ts'
import { unwrapKeyBlock, wrapKeyBlock } from '#crypto/tr31/wrap.ts'
import { hex } from './hex-of.ts'

const HEADER: KeyBlockHeader = {
  version: 'D',
  usage: 'K0',
  algorithm: 'A',
  modeOfUse: 'B',
  keyVersion: '12',
  exportability: 'N',
  optional: [],
}
const KEY = hex('88E1AB2A2E3DD38C1FA039A536500CC8')
const BODY = '00'.repeat(16)

/** A block of these optional parts, with its length made right. */
function block(count: string, optional: string): string {
  const length = String(16 + optional.length + BODY.length).padStart(4, '0')
  return `D${length}K0AB12N${count}00${optional}${BODY}`
}

test('each field of the header stands in its place', () => {
  expect(splitKeyBlock(block('01', 'KS08ABCD'))).toEqual({
    ok: true,
    header: { ...HEADER, optional: [{ id: 'KS', data: 'ABCD' }] },
    headerText: 'D0056K0AB12N0100KS08ABCD',
    body: BODY,
  })
})

test.each([
  ['nothing but its head', '01', 'KS04', [['KS', '']]],
  [
    'two, in their order',
    '02',
    'KS05AKC05B',
    [
      ['KS', 'A'],
      ['KC', 'B'],
    ],
  ],
  ['padding, which is not listed', '02', 'KS06ABPB0600', [['KS', 'AB']]],
  ['a length of four digits', '01', 'KS0004000CAB', [['KS', 'AB']]],
  ['a length of two bytes', '01', 'KS0002000CAB', [['KS', 'AB']]],
  ['a length of one byte', '01', 'KS00010AAB', [['KS', 'AB']]],
  ['a long length and nothing else', '01', 'KS0004000A', [['KS', '']]],
  ['a length in small letters', '01', `KS0c${'x'.repeat(8)}`, [['KS', 'x'.repeat(8)]]],
])('an optional block may have %s', (_what, count, text, optional) => {
  const split = splitKeyBlock(block(count, text))
  expect(split.ok && split.header.optional.map(({ id, data }) => [id, data])).toEqual(optional)
})

test.each([
  ['a length shorter than its own head', '01', 'KS03'],
  ['a long length shorter than its own head', '01', 'KS00040009'],
  ['a length that is no number', '01', 'KS0G'],
  ['a length whose second digit is none', '01', 'KS8G'],
  ['a length of no digits', '01', 'KS000000'],
  ['a long length that is no number', '01', 'KS0004000X'],
  ['a length of a length that is not known', '01', 'KS0003000C'],
  ['a length beyond the block', '01', 'KSFF'],
  ['a second block that is not there', '02', 'KS06AB'],
  ['a count that is no number', '0A', 'KS06AB'],
])('%s is refused', (_what, count, text) => {
  const end = text.startsWith('KS06AB') ? text : text.padEnd(8, '0')
  // No body behind it that could be taken for a part of it.
  const length = String(16 + end.length).padStart(4, '0')
  expect(splitKeyBlock(`D${length}K0AB12N${count}00${end}`)).toEqual({
    ok: false,
    error: 'optionalBlocks',
  })
})

test('a block may end with its header, and its optional parts with their last letter', () => {
  expect(splitKeyBlock('D0024K0AB12N0100KS08ABCD')).toMatchObject({ ok: true, body: '' })
  for (const cut of ['D0017K0AB12N0100K', 'D0018K0AB12N0100KS', 'D0019K0AB12N0100KS8'])
    expect(splitKeyBlock(cut)).toEqual({ ok: false, error: 'optionalBlocks' })
})

test('a block ends where its body ends: half a byte, and a length of its own that is wrong, are refused', () => {
  const whole = block('00', '')
  const half = `${whole.slice(0, -1)}`.replace('D0048', 'D0047')
  expect(splitKeyBlock(half)).toEqual({ ok: false, error: 'characters' })
  expect(splitKeyBlock(whole.replace('D0048', 'D0050'))).toEqual({ ok: false, error: 'length' })
  expect(splitKeyBlock('D0016K0AB12N0000')).toMatchObject({ ok: true, body: '' })
  expect(splitKeyBlock(`D9999${'0'.repeat(9994)}`).ok).toBe(false)
  expect(splitKeyBlock(`D0000${'0'.repeat(9995)}`)).toEqual({ ok: false, error: 'length' })
})

test.each([
  ['no optional block', [], 'D0048K0AB12N0000'],
  [
    'one that fills a cipher block',
    [{ id: 'KS', data: 'A'.repeat(12) }],
    'D0064K0AB12N0100KS10AAAAAAAAAAAA',
  ],
  [
    'padding up to a cipher block',
    [{ id: 'KS', data: 'A'.repeat(4) }],
    'D0064K0AB12N0200KS08AAAAPB080000',
  ],
  [
    'padding of its head alone',
    [{ id: 'KS', data: 'A'.repeat(8) }],
    'D0064K0AB12N0200KS0CAAAAAAAAPB04',
  ],
  [
    'one more cipher block where that has no room',
    [{ id: 'KS', data: 'A'.repeat(9) }],
    `D0080K0AB12N0200KS0DAAAAAAAAAPB13${'0'.repeat(15)}`,
  ],
])('a header with %s', (_what, optional, expected) => {
  expect(headerTextOf({ ...HEADER, optional }, { cipherBlock: 16, bodyCharacters: 32 })).toBe(
    expected,
  )
})

test.each([
  [251, 'KSFF'],
  [252, 'KS00040106'],
])('optional data of %i characters have the length %s', (length, start) => {
  const optional = [{ id: 'KS', data: 'A'.repeat(length) }]
  const text = headerTextOf({ ...HEADER, optional }, { cipherBlock: 1, bodyCharacters: 0 })
  expect(text.slice(16, 16 + start.length)).toBe(start)
  expect(text).toHaveLength(16 + start.length + length)
})

test.each<[string, Partial<KeyBlockHeader>]>([
  ['a usage of three letters', { usage: 'K00' }],
  ['no exportability', { exportability: '' }],
  ['a letter that is no ASCII', { usage: 'K\u00e9' }],
  ['optional data that are no ASCII', { optional: [{ id: 'KS', data: '\u00e9' }] }],
  ['an identifier of one letter', { optional: [{ id: 'K', data: 'A' }] }],
  ['more than fits', { optional: [{ id: 'KS', data: 'A'.repeat(9950) }] }],
])('%s is written into no header', (_what, change) => {
  const header = { ...HEADER, ...change }
  expect(() => headerTextOf(header, { cipherBlock: 16, bodyCharacters: 32 })).toThrow(RangeError)
})

test('the longest block has 9999 characters', () => {
  const of = (bodyCharacters: number) => headerTextOf(HEADER, { cipherBlock: 16, bodyCharacters })
  expect(of(9983)).toMatch(/^D9999/)
  expect(() => of(9984)).toThrow(RangeError)
})

/** A block that is authentic, whatever it holds: only who has the key can make one. */
function sealed(version: 'B' | 'D' | 'E', clear: string): string {
  const protection = protectionOf(version, KEY)
  if (protection === null) throw new Error('no protection')
  const bodyCharacters = clear.length + protection.macBytes * 2
  const text = headerTextOf({ ...HEADER, version }, { cipherBlock: 16, bodyCharacters })
  const { body, mac } = protection.seal(new TextEncoder().encode(text), hex(clear))
  return text + toHex(body) + toHex(mac)
}

test.each([
  ['a key of two bytes', 'E', '0010AABB', 'none'],
  ['no key at all', 'E', '0000', 'keyLength'],
  ['a key of half a byte', 'E', '0004AA', 'keyLength'],
  ['a key of nine bits', 'D', `0009${'AA'.repeat(14)}`, 'keyLength'],
  ['a key that ends with the block', 'B', `0030${'AA'.repeat(6)}`, 'none'],
  ['a key that goes on behind it', 'B', `0038${'AA'.repeat(6)}`, 'keyLength'],
] as const)('an authentic block with %s', (_what, version, clear, error) => {
  const outcome = unwrapKeyBlock(KEY, sealed(version, clear))
  expect(outcome.ok ? 'none' : outcome.error).toBe(error)
})

test.each([
  ['no body', `D0016K0AB12N0000`, 'length'],
  ['a body that is its authenticator only', block('00', ''), 'length'],
  ['a body of no whole cipher blocks', `D0072K0AB12N0000${'00'.repeat(28)}`, 'length'],
  ['one byte in front of the authenticator', `E0050K0AB12N0000${'00'.repeat(17)}`, 'length'],
  ['two bytes that nobody has sealed', `E0052K0AB12N0000${'00'.repeat(18)}`, 'authentication'],
  ['another version', `F0016K0AB12N0000`, 'version'],
  ['a letter that is no ASCII', `D0016K0AB12N00\u00e90`, 'characters'],
])('a block with %s is refused', (_what, text, error) => {
  expect(unwrapKeyBlock(KEY, text)).toEqual({ ok: false, error })
})

test.each(['A', 'B', 'C'] as const)(
  'a block of version %s under a key that triple DES has not: told, not thrown',
  (version) => {
    const text = wrapKeyBlock(KEY, { header: { ...HEADER, version }, key: KEY }, { random: zeros })
    const error = { ok: false, error: 'blockKey' }
    expect(unwrapKeyBlock(new Uint8Array(32), text)).toEqual(error)
    const content = { header: { ...HEADER, version }, key: KEY }
    const wrap = (): string => wrapKeyBlock(new Uint8Array(32), content, { random: zeros })
    expect(wrap).toThrow('the protection key has no length for this version')
  },
)

test('three keys of triple DES derive by an algorithm of their own', () => {
  const key = hex('0123456789ABCDEFFEDCBA98765432101122334455667788')
  const derived = ['01', '02', '03'].map((counter) => desCmac(key, hex(`${counter}000100000100C0`)))
  const [header, clear] = [new TextEncoder().encode('B0080K0TB12N0000'), hex('0010AABB00000000')]
  const sealedBy = protectionOf('B', key)?.seal(header, clear)
  expect(sealedBy?.mac).toEqual(desCmac(concat(...derived), concat(header, clear)))
})

const zeros = (length: number): Uint8Array => new Uint8Array(length)

test.each([
  ['A', 1, 72],
  ['A', 7, 88],
  ['B', 6, 16 + 16 + 16],
  ['D', 14, 16 + 32 + 32],
  ['D', 15, 16 + 64 + 32],
  ['E', 15, 16 + 34 + 32],
] as const)(
  'version %s fills a key of %i bytes up to its cipher block',
  (version, length, most) => {
    const key = new Uint8Array(length).fill(7)
    const text = wrapKeyBlock(KEY, { header: { ...HEADER, version }, key }, { random: zeros })
    expect(text.length).toBeLessThanOrEqual(most)
    expect(unwrapKeyBlock(KEY, text)).toMatchObject({ ok: true, key })
  },
)

test('a key is made to look longer where that is asked for, and a key of no bytes is none', () => {
  const random: number[] = []
  const padding = {
    random: (length: number) => {
      random.push(length)
      return new Uint8Array(length)
    },
    hideUpTo: 32,
  }
  const key = new Uint8Array(16).fill(7)
  const long = wrapKeyBlock(KEY, { header: HEADER, key }, padding)
  expect([long.length, random]).toEqual([16 + 96 + 32, [48 - 2 - 16]])
  expect(() => wrapKeyBlock(KEY, { header: HEADER, key: zeros(0) }, padding)).toThrow('no key')
})

test.each([
  ['A', [16, 24]],
  ['B', [16, 24]],
  ['C', [16, 24]],
  ['D', [16, 24, 32]],
  ['E', [16, 24, 32]],
] as const)('version %s has protection keys of %j bytes', (version, lengths) => {
  const content = { header: { ...HEADER, version }, key: KEY }
  const taken = [8, 16, 24, 32, 40].filter((length) => {
    const under = new Uint8Array(length).map((_, at) => at * 7)
    try {
      return unwrapKeyBlock(under, wrapKeyBlock(under, content, { random: zeros })).ok
    } catch {
      return false
    }
  })
  expect(taken).toEqual(lengths)
})
