import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aesDecrypt, aesDecryptCbc, aesEncrypt, aesEncryptCbc } from '#crypto/aes.ts'
import { aesCheckValue, keyCheckValue } from '#crypto/check-value.ts'
import { fromHex, toHex } from '#crypto/hex.ts'
import { cardVerificationValue } from '#crypto/issuer/card-verification.ts'
import { retailMac, x99Mac } from '#crypto/mac/cbc-mac.ts'
import { aesCmac, desCmac } from '#crypto/mac/cmac.ts'
import { hex } from './hex-of.ts'

test('the retail MAC agrees with ISO 9797-1 annex B, and X9.9 is its inner half', () => {
  // "Now is the time for all " and "Now is the time for it" are the messages of annex B.
  const key = hex('0123456789ABCDEFFEDCBA9876543210')
  const message = new TextEncoder().encode('Now is the time for all ')
  expect(toHex(retailMac(key, message, 1))).toBe('A1C72E74EA3FA9B6')
  expect(toHex(x99Mac(key.subarray(0, 8), message))).toBe('70A30640CC76DD8B')
})

test('X9.9 under one key and the retail MAC under two equal halves are one', () => {
  const half = hex('0123456789ABCDEF')
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (data) => {
      const double = hex('0123456789ABCDEF0123456789ABCDEF')
      expect(retailMac(double, data)).toEqual(x99Mac(half, data))
    }),
  )
})

test('padding 1 cannot tell trailing zeros, padding 2 and 3 can', () => {
  const key = hex('0123456789ABCDEFFEDCBA9876543210')
  const [short, long] = [hex('AABB'), hex('AABB00')]
  expect(retailMac(key, short, 1)).toEqual(retailMac(key, long, 1))
  expect(retailMac(key, short, 2)).not.toEqual(retailMac(key, long, 2))
  expect(retailMac(key, short, 3)).not.toEqual(retailMac(key, long, 3))
  expect(() => retailMac(key.subarray(0, 8), short)).toThrow(RangeError)
})

test('CMAC agrees with NIST SP 800-38B for AES-256 and triple DES', () => {
  const aes = hex('603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4')
  const message = hex('6BC1BEE22E409F96E93D7E117393172A')
  expect(toHex(aesCmac(aes, message))).toBe('28A7023F452E8F82BD4BF28D8C37C35C')
  const tdes = hex('8AA83BF8CBDA10620BC1BF19FBB6CD58BC313D4A371CA8B5')
  expect(toHex(desCmac(tdes, new Uint8Array()))).toBe('B7A688E122FFAF95')
  expect(toHex(desCmac(tdes, hex('6BC1BEE22E409F96')))).toBe('8E8F293136283797')
})

test('check values are the published ones', () => {
  expect(toHex(keyCheckValue(hex('0123456789ABCDEFFEDCBA9876543210')))).toBe('08D7B4')
  expect(toHex(keyCheckValue(hex('0123456789ABCDEF')))).toBe('D5D44F')
  expect(toHex(aesCheckValue(hex('3F419E1CB7079442AA37474C2EFBF8B8')))).toBe('08793E25AB')
})

test('AES of every key length deciphers to itself, whole blocks only', () => {
  const key = fc
    .constantFrom(16, 24, 32)
    .chain((n) => fc.uint8Array({ minLength: n, maxLength: n }))
  fc.assert(
    fc.property(key, fc.uint8Array({ minLength: 32, maxLength: 32 }), (k, clear) => {
      expect(aesDecrypt(k, aesEncrypt(k, clear))).toEqual(clear)
      expect(aesDecryptCbc(k, aesEncryptCbc(k, clear))).toEqual(clear)
    }),
  )
  expect(() => aesEncrypt(new Uint8Array(16), new Uint8Array(15))).toThrow(RangeError)
})

test('the published CVV example comes out', () => {
  // Key, account and value as printed in the IBM CCA and psec documentation.
  const card = { pan: '4123456789012345', expiry: '8701', serviceCode: '101' }
  expect(cardVerificationValue(hex('0123456789ABCDEFFEDCBA9876543210'), card)).toBe('561')
})

test('hex is read in either case and refused when it is none', () => {
  expect(toHex(fromHex('0aFf') ?? new Uint8Array())).toBe('0AFF')
  expect([fromHex('0'), fromHex('0g'), fromHex('0x00'), fromHex('')]).toEqual([
    null,
    null,
    null,
    new Uint8Array(),
  ])
})
