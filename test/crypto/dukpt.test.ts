import fc from 'fast-check'
import { expect, test } from 'vitest'
import { desEncrypt } from '#crypto/des.ts'
import { aesInitialKey, aesPurposeKey, aesTransactionKey } from '#crypto/dukpt/aes-dukpt.ts'
import { nextAesKsn, nextTdesKsn } from '#crypto/dukpt/next-counter.ts'
import { tdesInitialKey, tdesPurposeKey, tdesTransactionKey } from '#crypto/dukpt/tdes-dukpt.ts'
import { toHex } from '#crypto/hex.ts'
import { hex } from './hex-of.ts'

const BASE_KEY = hex('0123456789ABCDEFFEDCBA9876543210')

test('the initial key is the same for every counter of a device, and another for another device', () => {
  const keys = ['FFFF9876543210E00000', 'FFFF9876543210FFFFFF', 'FFFF9876543211E00000'].map((ksn) =>
    toHex(tdesInitialKey(BASE_KEY, hex(ksn))),
  )
  expect(keys[0]).toBe('6AC292FAA1315B4D858AB3A3D7D5933A')
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('no two counters and no two purposes share a key', () => {
  const initial = tdesInitialKey(BASE_KEY, hex('FFFF9876543210E00000'))
  const keys = new Set<string>()
  let ksn = hex('FFFF9876543210E00001')
  for (let count = 0; count < 40; count++) {
    const key = tdesTransactionKey(initial, ksn)
    for (const purpose of [
      'pin',
      'macRequest',
      'macResponse',
      'dataRequest',
      'dataResponse',
    ] as const) {
      keys.add(toHex(tdesPurposeKey(key, purpose)))
    }
    ksn = nextTdesKsn(ksn) ?? ksn
  }
  expect(keys.size).toBe(200)
})

test('counting goes up by one until too many bits are set, and then skips', () => {
  const after = (ksn: string) => {
    const next = nextTdesKsn(hex(ksn))
    return next && toHex(next)
  }
  expect(after('FFFF9876543210E00001')).toBe('FFFF9876543210E00002')
  expect(after('FFFF9876543210E003FF')).toBe('FFFF9876543210E00400')
  expect(after('FFFF9876543210E007FE')).toBe('FFFF9876543210E00800')
  expect(after('FFFF9876543210FFF800')).toBeNull()
})

test('the next counter is the nearest larger one that has few enough bits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff }), (from) => {
      const ksn = hex(`FFFF9876543210${(0xe00000 + from).toString(16)}`)
      let expected = from + 1
      while (expected.toString(2).replaceAll('0', '').length > 10) expected++
      // A counter that itself has too many bits is never in use.
      fc.pre(from.toString(2).replaceAll('0', '').length <= 10)
      const next = nextTdesKsn(ksn)
      const counter = (0xe00000 + expected).toString(16).toUpperCase()
      expect(next && toHex(next).slice(14)).toBe(counter)
    }),
  )
})

test('an AES device counts to the end of its 32 bits', () => {
  const next = (ksn: string) => {
    const found = nextAesKsn(hex(ksn))
    return found && toHex(found)
  }
  expect(next('123456789012345600000001')).toBe('123456789012345600000002')
  expect(next('12345678901234560000FFFF')).toBe('123456789012345600010000')
  expect(next('1234567890123456FFFF0000')).toBeNull()
})

test('a KSN of another length is a bug', () => {
  const initial = aesInitialKey(BASE_KEY, hex('1234567890123456'))
  expect(() => aesTransactionKey(initial, hex('1234'))).toThrow(RangeError)
  expect(() => tdesTransactionKey(initial, hex('1234'))).toThrow(RangeError)
  expect(() => tdesTransactionKey(BASE_KEY, hex('FFFF9876543210E000010000'))).toThrow('ten bytes')
  expect(() => aesInitialKey(hex('0011'), hex('1234567890123456'))).toThrow('an AES key has')
})

test('a key for data is its variant enciphered under itself, in both directions', () => {
  for (const [purpose, place] of [
    ['dataRequest', 5],
    ['dataResponse', 3],
  ] as const) {
    const variant = BASE_KEY.map((byte, at) => (at % 8 === place ? byte ^ 0xff : byte))
    expect(tdesPurposeKey(BASE_KEY, purpose)).toEqual(desEncrypt(variant, variant))
  }
})

test('an AES key has the length of its kind, an initial key that of its base key, and no two kinds share one', () => {
  const kinds = ['tdes128', 'tdes192', 'aes128', 'aes192', 'aes256'] as const
  const ksn = hex('123456789012345600000001')
  const keys = kinds.map((kind) => aesPurposeKey(BASE_KEY, ksn, { purpose: 'pin', kind }))
  expect(keys.map(({ length }) => length)).toEqual([16, 24, 16, 24, 32])
  expect(new Set(keys.map((key) => toHex(key).slice(0, 32))).size).toBe(5)
  const initial = [16, 24, 32].map(
    (n) => aesInitialKey(new Uint8Array(n), ksn.subarray(0, 8)).length,
  )
  expect(initial).toEqual([16, 24, 32])
})
