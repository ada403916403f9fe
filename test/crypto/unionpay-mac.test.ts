import { expect, test } from 'vitest'
import { keyCheckValue } from '#crypto/check-value.ts'
import { desDecrypt } from '#crypto/des.ts'
import { toHex } from '#crypto/hex.ts'
import { unionPayEcbMac, unionPayFold } from '#crypto/mac/unionpay-mac.ts'
import known from '../vectors/unionpay-keys.json' with { type: 'json' }
import { hex } from './hex-of.ts'

test('every published UnionPay message gets the DE 64 its acquirer expects', () => {
  const computed = known.ecbMac.map((vector) => {
    // A vector without its message gives the folded block; folding one block returns it unchanged.
    const input = hex(vector.mab ?? vector.xorBlock)
    return {
      fold: toHex(unionPayFold(input)),
      field64: toHex(unionPayEcbMac(hex(vector.mak), input)),
    }
  })
  expect(computed).toEqual(
    known.ecbMac.map((vector) => ({ fold: vector.xorBlock, field64: vector.field64 })),
  )
  expect(computed.length).toBeGreaterThan(1)
})

test('the working keys of a sign-on answer decipher to the published keys and check values', () => {
  for (const vector of known.workingKeys) {
    const field62 = hex(vector.field62)
    const pik = desDecrypt(hex(vector.tmk), field62.subarray(0, 16))
    const mak = desDecrypt(hex(vector.tmk), field62.subarray(20, 28))
    expect([toHex(pik), toHex(mak)]).toEqual([vector.pik, vector.mak])
    expect(toHex(keyCheckValue(pik, 4))).toBe(vector.pikCheck)
    expect(toHex(keyCheckValue(mak, 4))).toBe(vector.makCheck)
  }
})

test('a message of one changed byte gets another MAC', () => {
  const key = hex('313215FDA2C4AB4C')
  const mac = toHex(unionPayEcbMac(key, hex('02003020048020C09811')))
  expect(toHex(unionPayEcbMac(key, hex('02003020048020C09812')))).not.toBe(mac)
})
