/** Keys, PINs and account numbers of a wrong length or with anything but digits are refused by name, never computed with. */
import { expect, test } from 'vitest'
import { aesCounter, aesDecrypt, aesEncrypt, aesEncryptCbc } from '#crypto/aes.ts'
import { concat, markPad, oddParity, xor, zeroPad } from '#crypto/bytes.ts'
import { aesCheckValue, keyCheckValue, sm4CheckValue } from '#crypto/check-value.ts'
import { desEncrypt } from '#crypto/des.ts'
import { aesInitialKey, aesPurposeKey } from '#crypto/dukpt/aes-dukpt.ts'
import { toHex } from '#crypto/hex.ts'
import { cardVerificationValue } from '#crypto/issuer/card-verification.ts'
import { ibm3624Offset, ibm3624Pin, visaPvv } from '#crypto/issuer/pin-verification.ts'
import { retailMac, x99Mac } from '#crypto/mac/cbc-mac.ts'
import { sm4CbcMac } from '#crypto/mac/sm4-mac.ts'
import { unionPayEcbMac } from '#crypto/mac/unionpay-mac.ts'
import {
  decodePinBlock0,
  decodePinBlock2,
  decodePinBlock3,
  encodePinBlock0,
  encodePinBlock1,
  encodePinBlock2,
  encodePinBlock3,
} from '#crypto/pin/pin-block.ts'
import { decipherPinBlock4, panField4, pinField4 } from '#crypto/pin/pin-block-4.ts'
import { sm4Encrypt, sm4EncryptCbc } from '#crypto/sm4.ts'
import { hex } from './hex-of.ts'

const KEY = hex('0123456789ABCDEFFEDCBA9876543210')
const BLOCK = new Uint8Array(16)
const CARD = { pan: '4123456789012345', expiry: '8701', serviceCode: '101' }
const ACCOUNT = { pan: '4123456789012345', keyIndex: '1', pin: '1234' }
const SCHEME = { key: KEY, conversionTable: '0123456789012345', validation: '4123456789012345' }

test.each([
  ['an AES key of 15 bytes', () => aesEncrypt(KEY.subarray(1), BLOCK), 'an AES key has'],
  ['an AES key of 64 bytes', () => aesDecrypt(new Uint8Array(64), BLOCK), 'an AES key has'],
  ['none', () => aesCounter(new Uint8Array(), BLOCK, BLOCK), 'an AES key has'],
  ['half an AES block', () => aesEncryptCbc(KEY, BLOCK.subarray(8)), 'whole blocks'],
  ['half an SM4 block', () => sm4EncryptCbc(KEY, BLOCK.subarray(8)), 'whole blocks'],
  ['half a DES block', () => desEncrypt(KEY, BLOCK.subarray(4, 8)), 'whole blocks'],
  ['a DES key of 17 bytes', () => desEncrypt(new Uint8Array(17), BLOCK), 'a DES key has'],
  ['a MAC key of 24 bytes', () => retailMac(new Uint8Array(24), BLOCK), 'a retail MAC key has'],
  ['operands of two lengths', () => xor(KEY, BLOCK.subarray(1)), 'one length'],
  ['an AES KSN of ten bytes', () => aesPurposeKey(KEY, KEY.subarray(6), PIN), 'an AES KSN has'],
  ['an identifier of nine bytes', () => aesInitialKey(KEY, KEY.subarray(7)), 'eight bytes'],
  ['a PAN of 20 digits', () => encodePinBlock0('1234', '1'.repeat(20)), 'a PAN has'],
  ['no PAN', () => encodePinBlock0('1234', ''), 'a PAN has'],
  ['a PAN with a blank', () => decodePinBlock0(BLOCK.subarray(8), '4123 45'), 'a PAN has'],
  ['a PAN with one in front', () => panField4(' 4123456789012345'), 'a PAN has'],
  ['a PAN with one behind', () => panField4('4123456789012345 '), 'a PAN has'],
  ['a PIN with a letter in front', () => encodePinBlock2('A1234'), 'a PIN has'],
  ['seven random bytes', () => pinField4('1234', BLOCK.subarray(9)), 'eight random bytes'],
  ['nine filler digits', () => encodePinBlock1('1234', '123456789'), 'too little filler'],
  ['a filler that is none', () => encodePinBlock1('1234', '123456789X'), 'is not hex'],
  ['a digit in front', () => encodePinBlock3('1234', CARD.pan, '1AAAAAAAAAA'), 'A to F'],
  ['a digit behind', () => encodePinBlock3('1234', CARD.pan, 'AAAAAAAAAA1'), 'A to F'],
  ['letters in a PAN', () => cardVerificationValue(KEY, { ...CARD, pan: 'A123' }), 'are digits'],
  [
    'a PAN too long',
    () => cardVerificationValue(KEY, { ...CARD, pan: '1'.repeat(26) }),
    'are digits',
  ],
  ['a PVV of eleven digits', () => visaPvv(KEY, { ...ACCOUNT, pan: '41234567890' }), 'PVV needs'],
  ['an index of two digits', () => visaPvv(KEY, { ...ACCOUNT, keyIndex: '12', pin: '123' }), 'PVV'],
  ['a PIN of three digits', () => visaPvv(KEY, { ...ACCOUNT, pin: '123' }), 'PVV needs'],
  ['an offset with a letter', () => ibm3624Pin(SCHEME, '12A4'), 'offset'],
  ['a PIN of 13 digits', () => ibm3624Offset(SCHEME, '1'.repeat(13)), 'offset'],
  [
    'a conversion table of fifteen digits',
    () => ibm3624Pin({ ...SCHEME, conversionTable: '1'.repeat(15) }, '1234'),
    'conversion table',
  ],
])('%s', (_what, run, message) => {
  expect(run).toThrow(RangeError)
  expect(run).toThrow(message)
})

const PIN = { purpose: 'pin', kind: 'aes128' } as const

test('the shortest and the longest PIN and PAN make a block', () => {
  expect(toHex(encodePinBlock2('1234'))).toBe('241234FFFFFFFFFF')
  expect(toHex(encodePinBlock2('123456789012'))).toBe('2C123456789012FF')
  expect(toHex(encodePinBlock0('1234', '1'))).toBe('041234FFFFFFFFFF')
  expect(toHex(encodePinBlock0('1234', '1234567890123456789'))).toBe('04124C6FEDCBA987')
  expect(toHex(panField4('1'))).toBe('00000000000010000000000000000000')
  expect(toHex(panField4('123456789012'))).toBe('01234567890120000000000000000000')
  expect(toHex(panField4('1234567890123456789'))).toBe('71234567890123456789000000000000')
})

test.each([
  ['2312FFFFFFFFFFFF', 'length'],
  ['2D12345678901234', 'length'],
  ['241234FFFFFFFFFF', 'none'],
  ['2C123456789012FF', 'none'],
  ['24A234FFFFFFFFFF', 'digits'],
  ['24123AFFFFFFFFFF', 'digits'],
  ['2412340FFFFFFFFF', 'filler'],
  ['241234FFFFFFFFF0', 'filler'],
  ['041234FFFFFFFFFF', 'format'],
  ['241234FFFFFFFFFF00', 'format'],
])('the block %s: %s', (block, error) => {
  const outcome = decodePinBlock2(hex(block))
  expect(outcome.ok ? 'none' : outcome.error).toBe(error)
})

test.each([
  ['341234ABCDEFABCD', 'none'],
  ['3412340BCDEFABCD', 'filler'],
  ['341234ABCDEFABC0', 'filler'],
  ['341234ABCDE5ABCD', 'filler'],
])('the block %s of format 3, with a PAN that leaves it as it is: %s', (block, error) => {
  const outcome = decodePinBlock3(hex(block), '1')
  expect(outcome.ok ? 'none' : outcome.error).toBe(error)
})

test.each([
  ['44', '1234AAAAAAAAAA', 'none'],
  ['4C', '123456789012AA', 'none'],
  ['43', '123AAAAAAAAAAA', 'length'],
  ['4D', '1234567890123A', 'length'],
  ['34', '1234AAAAAAAAAA', 'format'],
  ['44', 'A234AAAAAAAAAA', 'digits'],
  ['44', '123AAAAAAAAAAA', 'digits'],
  ['44', '12340AAAAAAAAA', 'filler'],
  ['44', '1234AAAAAAAAA0', 'filler'],
])('the field %s %s of format 4: %s', (control, pin, error) => {
  const inner = aesEncrypt(KEY, hex(`${control}${pin}FFFFFFFFFFFFFFFF`))
  const block = aesEncrypt(KEY, xor(inner, panField4(CARD.pan)))
  const outcome = decipherPinBlock4(KEY, block, CARD.pan)
  expect(outcome.ok ? 'none' : outcome.error).toBe(error)
  expect(decipherPinBlock4(KEY, block.subarray(1), CARD.pan)).toEqual({
    ok: false,
    error: 'format',
  })
})

test('check values have the length that is asked for, and the usual one where none is', () => {
  const lengths = [keyCheckValue(KEY), sm4CheckValue(KEY), aesCheckValue(KEY)].map((v) => v.length)
  expect(lengths).toEqual([3, 4, 5])
  expect([keyCheckValue(KEY, 4), sm4CheckValue(KEY, 3), aesCheckValue(KEY, 3)].map(toHex)).toEqual([
    toHex(desEncrypt(KEY, new Uint8Array(8))).slice(0, 8),
    toHex(sm4CheckValue(KEY, 16)).slice(0, 6),
    toHex(aesCheckValue(KEY, 16)).slice(0, 6),
  ])
})

test.each([
  ['nothing', '', '', '8000000000000000'],
  ['a byte', '01', '0100000000000000', '0180000000000000'],
  ['a byte less than a block', '01020304050607', '0102030405060700', '0102030405060780'],
  ['a block', '0102030405060708', '0102030405060708', '01020304050607088000000000000000'],
])('%s is padded to whole blocks', (_what, text, zeros, marked) => {
  expect(toHex(zeroPad(hex(text), 8))).toBe(zeros)
  expect(toHex(markPad(hex(text), 8))).toBe(marked)
})

test('bytes are joined in their order, and parity sets the last bit of each', () => {
  expect(toHex(concat(hex('01'), hex(''), hex('0203')))).toBe('010203')
  expect(toHex(oddParity(hex('0001FEFF7F80')))).toBe('0101FEFE7F80')
})

test('a MAC over nothing is one over a block of zeros, and the length in front tells how long a message is', () => {
  expect(x99Mac(KEY, new Uint8Array())).toEqual(x99Mac(KEY, new Uint8Array(8)))
  expect(sm4CbcMac(KEY, new Uint8Array())).toEqual(sm4CbcMac(KEY, BLOCK))
  expect(sm4CbcMac(KEY, new Uint8Array(17))).toEqual(sm4CbcMac(KEY, new Uint8Array(32)))
  const first = sm4Encrypt(KEY, KEY)
  expect(sm4CbcMac(KEY, KEY)).toEqual(first)
  expect(sm4CbcMac(KEY, concat(KEY, KEY))).toEqual(sm4Encrypt(KEY, xor(first, KEY)))
  const third = x99Mac(KEY, hex('AABB'), 3)
  expect(third).toEqual(x99Mac(KEY, hex('0000000000000010AABB000000000000')))
  expect(x99Mac(KEY, hex('AABB'), 2)).toEqual(x99Mac(KEY, hex('AABB800000000000')))
  expect(toHex(unionPayEcbMac(KEY, hex('AABB')))).toBe(toHex(unionPayEcbMac(KEY, hex('AABB00'))))
})
