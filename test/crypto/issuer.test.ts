/** What an issuer's host computes of a card: the edges that published answers leave out, and whatever has a wrong length. */
import { expect, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import { cardKeyOptionA, cardKeyOptionB } from '#crypto/issuer/card-keys.ts'
import { cardVerificationValue, dynamicCvc3 } from '#crypto/issuer/card-verification.ts'
import { arpcMethod2 } from '#crypto/issuer/cryptogram.ts'
import {
  ibm3624Offset,
  ibm3624Pin,
  validationData,
  visaPvv,
} from '#crypto/issuer/pin-verification.ts'
import { visaPinBlock } from '#crypto/issuer/script.ts'
import { type ScriptScheme, schemePinChange } from '#crypto/issuer/script-schemes.ts'
import { commonSessionKey, pbocSessionKey, treeSessionKey } from '#crypto/issuer/session-keys.ts'
import { hex } from './hex-of.ts'

const KEY = hex('0123456789ABCDEFFEDCBA9876543210')
const PAN = '6212345678901234'
const BLOCK = new Uint8Array(8)

/** Worked out with OpenSSL and Python. */
test.each([
  ['A', '6212345678901', 'A24023139034555C4FBDCB3743A7DBE5'],
  ['A', '621234567890123456', 'A7CD8A654A2EA929D1665210C5B101F1'],
  ['B', '62123456789012345', '103A22EADE9759D3A018F47B4FD72A11'],
  ['B', '621234567890123456', '9DE00CDB646A2442F49D7884ABD2F4BA'],
  ['B', '6212345678901234567', '59E0894DF5055C99C491D9CF4C7F6044'],
])('the key by option %s of the card %s', (option, pan, key) => {
  const derive = option === 'A' ? cardKeyOptionA : cardKeyOptionB
  expect(toHex(derive(KEY, { pan, sequence: '01' }))).toBe(key)
})

const CARD = { pan: PAN, expiry: '3012', serviceCode: '201' }
const TRACK = { track: hex('6212345678901234D3012201000F'), atc: hex('0001') }
const TREE = { height: 8, branchFactor: 4, iv: new Uint8Array(16) }
const PVV = { pan: PAN, keyIndex: '1', pin: '1234' }
const IBM = { key: KEY, conversionTable: '0123456789012345', validation: PAN }

const arpc = (status: Uint8Array, proprietary: Uint8Array) =>
  arpcMethod2(KEY, BLOCK, { status, proprietary })

test.each<[string, () => unknown, string]>([
  [
    'a sequence number of one digit',
    () => cardKeyOptionA(KEY, { pan: PAN, sequence: '1' }),
    'sequence number',
  ],
  ['one of three', () => cardKeyOptionB(KEY, { pan: PAN, sequence: '001' }), 'sequence number'],
  ['no PAN', () => cardKeyOptionA(KEY, { pan: '', sequence: '01' }), 'a PAN has'],
  [
    'a PAN of 20 digits',
    () => cardKeyOptionB(KEY, { pan: `${PAN}5678`, sequence: '01' }),
    'a PAN has',
  ],
  ['a letter in front', () => cardKeyOptionA(KEY, { pan: `F${PAN}`, sequence: '01' }), 'a PAN has'],
  ['a letter behind', () => cardKeyOptionA(KEY, { pan: `${PAN}F`, sequence: '01' }), 'a PAN has'],
  [
    'a letter in the number',
    () => cardKeyOptionA(KEY, { pan: PAN, sequence: '0F' }),
    'sequence number',
  ],
  [
    'a letter before it',
    () => cardKeyOptionA(KEY, { pan: PAN, sequence: 'F01' }),
    'sequence number',
  ],
  [
    'an expiry of a month',
    () => cardVerificationValue(KEY, { ...CARD, expiry: '12' }),
    'are digits',
  ],
  [
    'a service code of two',
    () => cardVerificationValue(KEY, { ...CARD, serviceCode: '20' }),
    'are digits',
  ],
  ['one of four', () => cardVerificationValue(KEY, { ...CARD, serviceCode: '2010' }), 'are digits'],
  [
    'a card number with a letter',
    () => cardVerificationValue(KEY, { ...CARD, pan: `F${PAN}` }),
    'are digits',
  ],
  [
    'a CVV key of three parts',
    () => cardVerificationValue(new Uint8Array(24), CARD),
    'a CVV key has',
  ],
  [
    'two random bytes',
    () => dynamicCvc3(KEY, { ...TRACK, unpredictableNumber: hex('0001') }),
    'has four bytes',
  ],
  [
    'twelve',
    () => dynamicCvc3(KEY, { ...TRACK, unpredictableNumber: new Uint8Array(12) }),
    'has four bytes',
  ],
  ['a letter in front of a PVV', () => visaPvv(KEY, { ...PVV, pan: `F${PAN}` }), 'PVV needs'],
  ['a letter behind', () => visaPvv(KEY, { ...PVV, pan: `${PAN}F` }), 'PVV needs'],
  ['an index that is none', () => visaPvv(KEY, { ...PVV, keyIndex: 'F' }), 'PVV needs'],
  ['an index with a letter', () => visaPvv(KEY, { ...PVV, keyIndex: '1F' }), 'PVV needs'],
  ['an index behind one', () => visaPvv(KEY, { ...PVV, keyIndex: 'F1' }), 'PVV needs'],
  ['a PIN with a letter behind', () => visaPvv(KEY, { ...PVV, pin: '1234F' }), 'PVV needs'],
  [
    'a part beyond the PAN',
    () => validationData(PAN, { offset: 8, length: 9, pad: 'F' }),
    'PAN ends',
  ],
  [
    'no filler',
    () => ibm3624Pin({ ...IBM, validation: '621234567890123' }, '1234'),
    '16 hex digits',
  ],
  [
    'a filler too many',
    () => ibm3624Offset({ ...IBM, validation: `${PAN}F` }, '1234'),
    '16 hex digits',
  ],
  [
    'a filler that is none',
    () => ibm3624Pin({ ...IBM, validation: `X${PAN}` }, '1234'),
    '16 hex digits',
  ],
  [
    'a table of 17',
    () => ibm3624Pin({ ...IBM, conversionTable: `${PAN}0` }, '1234'),
    'a conversion table',
  ],
  [
    'a table with a letter',
    () => ibm3624Pin({ ...IBM, conversionTable: `A${PAN}` }, '1234'),
    'a conversion table',
  ],
  ['a PIN so far of three', () => visaPinBlock(KEY, '1234', '123'), 'a PIN has'],
  ['a diversifier of two bytes', () => commonSessionKey(KEY, hex('0001')), 'a diversifier has'],
  ['one of sixteen', () => commonSessionKey(KEY, KEY), 'a diversifier has'],
  ['an ATC of one byte', () => pbocSessionKey(KEY, hex('01')), 'an ATC has'],
  ['one of three', () => pbocSessionKey(KEY, hex('000001')), 'an ATC has'],
  [
    'a tree too low',
    () => treeSessionKey(KEY, 1, { ...TREE, height: 15, branchFactor: 2 }),
    'too low',
  ],
  ['half a root', () => treeSessionKey(KEY, 1, { ...TREE, iv: BLOCK }), 'above the root'],
  ['a card status of three', () => arpc(hex('000000'), BLOCK), 'a card status'],
  ['nine proprietary bytes', () => arpc(hex('00000000'), new Uint8Array(9)), 'up to eight'],
])('%s is refused, never computed with', (_what, run, message) => {
  expect(run).toThrow(RangeError)
  expect(run).toThrow(message)
})

test('a PVV is made of the first four digits of a PIN, and validation data of the part of the PAN that is asked for', () => {
  expect(visaPvv(KEY, { ...PVV, pin: '123456' })).toBe(visaPvv(KEY, PVV))
  expect(validationData(PAN, { offset: 4, length: 10, pad: 'D' })).toBe('3456789012DDDDDD')
})

test('the answer to a cryptogram takes all eight proprietary bytes', () => {
  const status = hex('00000000')
  expect(arpc(status, BLOCK)).not.toEqual(arpc(status, BLOCK.subarray(1)))
})

test('an offset leads back to the PIN that was chosen, of any length', () => {
  for (const pin of ['0000', '9876', '123456789012'])
    expect(ibm3624Pin(IBM, ibm3624Offset(IBM, pin))).toBe(pin)
})

test('a CVC3 has five digits, with zeros in front where it is small', () => {
  for (let count = 0; count < 40; count++) {
    const unpredictableNumber = Uint8Array.of(0, 0, 0, count)
    expect(dynamicCvc3(KEY, { ...TRACK, unpredictableNumber })).toMatch(/^[0-9]{5}$/)
  }
})

test.each<[ScriptScheme, string | null, string]>([
  ['visaCvn10', null, '84240002'],
  ['visaCvn10', '8888', '84240001'],
  ['visaCvn22', null, '84240002'],
  ['visaCvn22', '8888', '84240001'],
  ['mastercard', null, '84240002'],
  ['mastercard', '8888', '84240002'],
])(
  'a new PIN of %s, the one so far %s: %s says whether the card checks it',
  (scheme, currentPin, start) => {
    const keys = { cryptogram: KEY, integrity: KEY, confidentiality: KEY }
    const change = { pin: '1234', cryptogram: BLOCK, atc: hex('0001') }
    const command = toHex(schemePinChange(scheme, keys, { ...change, currentPin }))
    expect(command.slice(0, 8)).toBe(start)
    const without = toHex(schemePinChange(scheme, keys, { ...change, currentPin: null }))
    expect(command === without).toBe(start.endsWith('2'))
  },
)
