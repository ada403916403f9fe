import { expect, test } from 'vitest'
import { sm4CheckValue } from '#crypto/check-value.ts'
import { toHex } from '#crypto/hex.ts'
import { unionPayFold, unionPaySm4Mac } from '#crypto/mac/unionpay-mac.ts'
import { sm4Decrypt, sm4DecryptCbc, sm4Encrypt, sm4EncryptCbc } from '#crypto/sm4.ts'
import { hex } from './hex-of.ts'

const KEY = hex('0123456789ABCDEFFEDCBA9876543210')

test('SM4 agrees with the example of GB/T 32907 annex A', () => {
  expect(toHex(sm4Encrypt(KEY, KEY))).toBe('681EDF34D206965E86B3E94F536E4246')
  expect(sm4Decrypt(KEY, hex('681EDF34D206965E86B3E94F536E4246'))).toEqual(KEY)
  expect(toHex(sm4CheckValue(KEY))).toBe(toHex(sm4Encrypt(KEY, new Uint8Array(16))).slice(0, 8))
})

test('SM4 in CBC deciphers to itself and chains its blocks', () => {
  const clear = new Uint8Array(48).fill(7)
  const sealed = sm4EncryptCbc(KEY, clear)
  expect(sm4DecryptCbc(KEY, sealed)).toEqual(clear)
  expect(sealed.subarray(0, 16)).toEqual(sm4Encrypt(KEY, clear.subarray(0, 16)))
  expect(sealed.subarray(16, 32)).not.toEqual(sealed.subarray(0, 16))
  expect(() => sm4Encrypt(KEY, new Uint8Array(15))).toThrow(RangeError)
})

test('the SM4 MAC is eight hex characters of the message folded into sixteen bytes', () => {
  const message = hex('0200702404C020C098111962222021001110000012')
  const folded = toHex(unionPayFold(message, 16))
  const ascii = new TextEncoder().encode(folded)
  const first = sm4Encrypt(KEY, ascii.subarray(0, 16))
  const mixed = first.map((byte, at) => byte ^ (ascii[16 + at] ?? 0))
  const expected = toHex(sm4Encrypt(KEY, mixed)).slice(0, 8)
  expect(new TextDecoder().decode(unionPaySm4Mac(KEY, message))).toBe(expected)
})
