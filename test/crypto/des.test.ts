import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oddParity } from '#crypto/bytes.ts'
import { desDecrypt, desDecryptCbc, desEncrypt, desEncryptCbc } from '#crypto/des.ts'
import { toHex } from '#crypto/hex.ts'
import { hex } from './hex-of.ts'

test('single DES agrees with the published example of FIPS 81', () => {
  // "Now is the time for all " under 0123456789ABCDEF, ECB and CBC with IV 1234567890ABCDEF.
  const key = hex('0123456789ABCDEF')
  const text = new TextEncoder().encode('Now is the time for all ')
  expect(toHex(desEncrypt(key, text))).toBe('3FA40E8A984D48156A271787AB8883F9893D51EC4B563B53')
  expect(toHex(desEncryptCbc(key, text, hex('1234567890ABCDEF')))).toBe(
    'E5C7CDDE872BF27C43E934008C389C0F683788499A7C05F6',
  )
})

test('what is enciphered under a key of any length deciphers to itself', () => {
  const key = fc.constantFrom(8, 16, 24).chain((length) => bytes(length, length))
  const data = fc.integer({ min: 0, max: 8 }).chain((blocks) => bytes(blocks * 8, blocks * 8))
  fc.assert(
    fc.property(key, data, bytes(8, 8), (k, clear, iv) => {
      expect(desDecrypt(k, desEncrypt(k, clear))).toEqual(clear)
      expect(desDecryptCbc(k, desEncryptCbc(k, clear, iv), iv)).toEqual(clear)
    }),
  )
})

test('a key of sixteen bytes with equal halves is single DES', () => {
  const half = hex('0123456789ABCDEF')
  const block = hex('4E6F772069732074')
  expect(desEncrypt(hex('0123456789ABCDEF0123456789ABCDEF'), block)).toEqual(
    desEncrypt(half, block),
  )
})

test('half a block and a key of odd length are bugs, said at once', () => {
  expect(() => desEncrypt(new Uint8Array(8), new Uint8Array(7))).toThrow(RangeError)
  expect(() => desEncrypt(new Uint8Array(9), new Uint8Array(8))).toThrow(RangeError)
})

test('odd parity leaves an odd number of bits in every byte and touches only the last one', () => {
  fc.assert(
    fc.property(bytes(1, 32), (key) => {
      const adjusted = oddParity(key)
      for (const [at, byte] of adjusted.entries()) {
        expect(byte.toString(2).replaceAll('0', '').length % 2).toBe(1)
        expect(byte >> 1).toBe((key[at] ?? 0) >> 1)
      }
    }),
  )
})

function bytes(minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength, maxLength })
}
