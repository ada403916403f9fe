import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import {
  decodePinBlock0,
  decodePinBlock1,
  decodePinBlock2,
  decodePinBlock3,
  encodePinBlock0,
  encodePinBlock1,
  encodePinBlock2,
  encodePinBlock3,
} from '#crypto/pin/pin-block.ts'
import { decipherPinBlock4, encipherPinBlock4, pinField4 } from '#crypto/pin/pin-block-4.ts'
import { hex } from './hex-of.ts'

const pin = fc.stringMatching(/^[0-9]{4,12}$/)
const pan = fc.stringMatching(/^[0-9]{12,19}$/)
const AES_KEY = hex('00112233445566778899AABBCCDDEEFF')

test('every format gives back the PIN that was put in', () => {
  fc.assert(
    fc.property(pin, pan, (digits, account) => {
      const expected = { ok: true, pin: digits }
      expect(decodePinBlock0(encodePinBlock0(digits, account), account)).toEqual(expected)
      expect(decodePinBlock1(encodePinBlock1(digits, '0123456789'))).toEqual(expected)
      expect(decodePinBlock2(encodePinBlock2(digits))).toEqual(expected)
      const block3 = encodePinBlock3(digits, account, 'ABCDEFABCD')
      expect(decodePinBlock3(block3, account)).toEqual(expected)
      const block4 = encipherPinBlock4(AES_KEY, pinField4(digits, hex('0102030405060708')), account)
      expect(decipherPinBlock4(AES_KEY, block4, account)).toEqual(expected)
    }),
  )
})

test('format 1 carries its filler in clear and differs with it', () => {
  expect(toHex(encodePinBlock1('1234', '0123456789'))).toBe('1412340123456789')
  expect(encodePinBlock1('1234', '9876543210')).not.toEqual(encodePinBlock1('1234', '0123456789'))
})

test('a block for another card number is noticed, as far as its filler can tell', () => {
  const block = encodePinBlock0('1234', '6222021001110000012')
  expect(decodePinBlock0(block, '6226221234567896')).toMatchObject({ ok: false })
  const block4 = encipherPinBlock4(
    AES_KEY,
    pinField4('1234', new Uint8Array(8)),
    '6222021001110012',
  )
  expect(decipherPinBlock4(AES_KEY, block4, '6226221234567896')).toMatchObject({ ok: false })
})

test('a block that is none says what is wrong with it', () => {
  const errors = ['24123', '34123456FFFFFFFF', '2312FFFFFFFFFFFF', '2D12345678901234']
    .concat(['2412A4FFFFFFFFFF', '24123FFFFFFFFFFF', '241234FFFFFFFFF0'])
    .map((text) => decodePinBlock2(text.length % 2 === 0 ? hex(text) : new Uint8Array(3)))
    .map((outcome) => (outcome.ok ? 'none' : outcome.error))
  expect(errors).toEqual(['format', 'format', 'length', 'length', 'digits', 'digits', 'filler'])
})

test('any eight bytes give an outcome', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), pan, (block, account) => {
      for (const outcome of [
        decodePinBlock0(block, account),
        decodePinBlock1(block),
        decodePinBlock2(block),
        decodePinBlock3(block, account),
      ]) {
        expect(typeof outcome.ok).toBe('boolean')
      }
    }),
  )
})

test('a PIN of three or thirteen digits, and too little filler, are bugs', () => {
  for (const wrong of ['123', '1234567890123', '12A4', '']) {
    expect(() => encodePinBlock2(wrong)).toThrow(RangeError)
    expect(() => pinField4(wrong, new Uint8Array(8))).toThrow(RangeError)
  }
  expect(() => encodePinBlock1('1234', '012345678')).toThrow(RangeError)
  expect(() => encodePinBlock1('1234', '')).toThrow(RangeError)
  expect(() => encodePinBlock1('1234', 'no randomness')).toThrow(RangeError)
  expect(() => encodePinBlock3('1234', '6222021001110000012', '0123456789')).toThrow(RangeError)
})
