import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import { aipWords, tsiWords, tvrWords } from '#emv/bit-words.ts'
import { parseCvmList } from '#emv/cvm-list.ts'
import { buildDol, DOL_MAX_BYTES, parseDol } from '#emv/dol.ts'
import { meaningOf } from '#emv/tag-dictionary.ts'
import { hex } from '../crypto/hex-of.ts'

test('what the card asks for and the terminal does not know is answered with zeros', () => {
  const dol = parseDol(hex('9F02065F2A02DF7F0370019A03'))
  const known = new Map([
    ['5F2A', hex('0156')],
    ['70', hex('FF')],
    ['9A', hex('261121')],
  ])
  const built = buildDol(dol.ok ? dol.entries : [], (tag) => known.get(tag))
  expect(toHex(built)).toBe('000000000000' + '0156' + '000000' + '00' + '261121')
})

test('a list of any bytes is read or refused, and filled to exactly the length it asks for', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const dol = parseDol(bytes)
      const entries = dol.ok ? dol.entries : []
      const asked = entries.reduce((sum, entry) => sum + entry.length, 0)
      expect(buildDol(entries, () => Uint8Array.of(1, 2, 3))).toHaveLength(asked)
    }),
  )
})

test('a list that is too long or whose tag never ends is refused', () => {
  expect(parseDol(new Uint8Array(DOL_MAX_BYTES + 1))).toEqual({
    ok: false,
    error: { code: 'tooLong', offset: 0 },
  })
  expect(parseDol(hex('9F8181818102'))).toEqual({
    ok: false,
    error: { code: 'tagTooLong', offset: 0 },
  })
})

test.each(['9F', '9F81', '9F8182', '9F02', '5F2A029F', '95', '9F818101'])(
  'a list that ends within an entry (%s) is cut off at its end, no byte behind it',
  (list) => {
    const error = { code: 'truncated', offset: list.length / 2 }
    expect(parseDol(hex(list))).toEqual({ ok: false, error })
  },
)

test('a tag has four bytes at most, and a list 252', () => {
  expect(parseDol(hex('9F81810105'))).toEqual({
    ok: true,
    entries: [{ tag: '9F818101', length: 5 }],
  })
  expect(parseDol(hex('9A039F8181810105'))).toMatchObject({
    error: { code: 'tagTooLong', offset: 2 },
  })
  expect(parseDol(new Uint8Array(DOL_MAX_BYTES)).ok).toBe(true)
})

test.each([
  ['a number too long keeps its right end', '9F0203', '000000012345', '012345'],
  ['a number too short gets zeros in front', '9F0206', '2345', '000000002345'],
  ['digits too short get F behind', '5A0A', '6222021001110012', '6222021001110012FFFF'],
  ['digits too long keep their left end', '5A04', '6222021001110012', '62220210'],
  ['text too short gets zeros behind', '5004', '4142', '41420000'],
  ['bytes too long keep their left end', '9F3702', 'AABBCCDD', 'AABB'],
  ['what fits stays', '9F3704', 'AABBCCDD', 'AABBCCDD'],
])('%s', (_what, list, value, answer) => {
  const dol = parseDol(hex(list))
  expect(toHex(buildDol(dol.ok ? dol.entries : [], () => hex(value)))).toBe(answer)
})

test('status and profile bits are said in words, reserved ones by their place', () => {
  expect(tsiWords(hex('E800'))).toEqual([
    'Offline data authentication was performed',
    'Cardholder verification was performed',
    'Card risk management was performed',
    'Terminal risk management was performed',
  ])
  expect(aipWords(hex('3C00'))).toEqual([
    'DDA supported',
    'Cardholder verification is supported',
    'Terminal risk management is to be performed',
    'Issuer authentication is supported',
  ])
  expect(tvrWords(hex('0001000000'))).toEqual(['Reserved (byte 2, bit 1)'])
  expect(tsiWords(hex('0080'))).toEqual(['Reserved (byte 2, bit 8)'])
  expect([tvrWords(hex('00')), tsiWords(hex('00')), aipWords(hex('000000'))]).toEqual([
    null,
    null,
    null,
  ])
})

test('every set bit of a TVR has exactly one sentence', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
      const bits = [...bytes].map((byte) => byte.toString(2).replaceAll('0', '').length)
      const words = tvrWords(bytes) ?? []
      expect(words).toHaveLength(bits.reduce((sum, count) => sum + count, 0))
      expect(new Set(words).size).toBe(words.length)
    }),
  )
})

test('a damaged list of verification rules says what is damaged', () => {
  const errors = ['0001', '00000000000000001E', '0000000000000000']
    .concat(['00'.repeat(254)])
    .map((list) => parseCvmList(hex(list)))
    .map((outcome) => (outcome.ok ? 'none' : outcome.error))
  expect(errors).toEqual(['truncated', 'half a CV rule', 'no CV rule', 'too long'])
  expect(parseCvmList(new Uint8Array(252)).ok).toBe(true)
  expect(parseCvmList(hex('00000000000000002A7F'))).toMatchObject({
    list: { rules: [{ method: 'unknown', conditionText: 'unknown' }] },
  })
})

test('everything that tells who the cardholder is counts as sensitive', () => {
  const sensitive = ['57', '5A', '5F20', '9F0B', '56', '9F6B', '9F1F', '9F20', '99']
  expect(sensitive.filter((tag) => meaningOf(tag)?.sensitive !== true)).toEqual([])
  expect(meaningOf('9F26')).toMatchObject({ sensitive: false })
  expect(meaningOf('DF7F')).toBeNull()
})
