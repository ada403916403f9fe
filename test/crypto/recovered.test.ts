/**
 * What certificates and signed data must hold, row by row. Under the exponent 1 a signature is what it recovers to, so that each
 * row is written as the block that a card would have signed.
 */
import { expect, test } from 'vitest'
import { concat } from '#crypto/bytes.ts'
import { toHex } from '#crypto/hex.ts'
import {
  inspectIccCertificate,
  recoverIssuerCertificate,
  verifyIccCertificate,
} from '#crypto/oda/certificates.ts'
import { rsaRecover } from '#crypto/oda/rsa.ts'
import { sha1 } from '#crypto/oda/sha1.ts'
import {
  cdaTransactionDataHash,
  verifyCda,
  verifyDda,
  verifySignedStaticData,
} from '#crypto/oda/signed-data.ts'
import { hex } from './hex-of.ts'

const NONE = new Uint8Array()

/** A key of so many bytes under which every block that begins with 6A stands for itself. */
function plainKey(length: number) {
  return { modulus: new Uint8Array(length).fill(0xff), exponent: Uint8Array.of(1) }
}

/** 6A, what is signed, its hash with what stands beside it, BC. */
function signed(content: Uint8Array, beside: Uint8Array, ends = '6ABC'): Uint8Array {
  const hash = sha1(content, beside)
  return concat(hex(ends.slice(0, 2)), content, hash, hex(ends.slice(2)))
}

const DATA = hex('5A0862220210011100005F2403301231')

test.each([
  [
    'the shortest that there may be',
    '0301DAC0',
    '6ABC',
    { ok: true, dataAuthenticationCode: 'DAC0' },
  ],
  ['one byte fewer', '0301DA', '6ABC', { ok: false, error: 'length' }],
  ['another header', '0301DAC0', '6BBC', { ok: false, error: 'recovery' }],
  ['another trailer', '0301DAC0', '6ABD', { ok: false, error: 'recovery' }],
  ['another format', '0501DAC0', '6ABC', { ok: false, error: 'format' }],
  ['another hash', '0302DAC0', '6ABC', { ok: false, error: 'hashAlgorithm' }],
])('static data with %s', (_what, content, ends, expected) => {
  const block = signed(hex(content), DATA, ends)
  expect(verifySignedStaticData(plainKey(block.length), block, DATA)).toEqual(expected)
})

test('signed data are as long as the key, and hold what they were signed over', () => {
  const block = signed(hex('0301DAC0'), DATA)
  const length = { ok: false, error: 'length' }
  expect(verifySignedStaticData(plainKey(block.length + 1), block, DATA)).toEqual(length)
  const hash = { ok: false, error: 'hash' }
  expect(verifySignedStaticData(plainKey(block.length), block, NONE)).toEqual(hash)
})

test.each([
  ['a number of two bytes', '0501030201025A', { ok: true, iccDynamicNumber: '0102' }],
  ['one and more behind it', '0501050201020304', { ok: true, iccDynamicNumber: '0102' }],
  ['a number beyond its data', '0501030301025A', { ok: false, error: 'length' }],
  ['data beyond the block', '0501FF020102', { ok: false, error: 'length' }],
  ['another hash', '0502030201025A', { ok: false, error: 'hashAlgorithm' }],
  ['another format', '0301030201025A', { ok: false, error: 'format' }],
])('a dynamic signature with %s', (_what, content, expected) => {
  const block = signed(hex(content), DATA)
  expect(verifyDda(plainKey(block.length), block, DATA)).toMatchObject(expected)
})

test('a signature about a cryptogram gives each of its parts, and one byte fewer is refused', () => {
  const number = '0801020304050607' + '08'
  const parts = `80${'A1'.repeat(8)}${'B2'.repeat(20)}`
  const block = signed(hex(`050126${number}${parts}`), DATA)
  expect(verifyCda(plainKey(block.length), block, DATA)).toEqual({
    ok: true,
    cda: {
      iccDynamicNumber: '0102030405060708',
      cid: '80',
      cryptogram: 'A1'.repeat(8),
      transactionDataHash: 'B2'.repeat(20),
      hash: toHex(block.subarray(-21, -1)),
    },
  })
  const short = signed(hex(`050125${number}${parts.slice(2)}`), DATA)
  expect(verifyCda(plainKey(short.length), short, DATA)).toEqual({ ok: false, error: 'length' })
  expect(verifyCda(plainKey(block.length), block, NONE)).toEqual({ ok: false, error: 'hash' })
  expect(cdaTransactionDataHash(hex('0102'), hex('03'))).toBe(toHex(sha1(hex('010203'))))
})

const EXPONENT = Uint8Array.of(3)
const IIN = '622202FF'
const PAN = '6222021001110000FFFF'

/** Format and name, then date, serial, hash, key, both lengths, and the room for the modulus. */
function certificate(name: string, lengths: string, room: string, algorithms = '0101'): Uint8Array {
  return hex(`${name}1230000001${algorithms}${lengths}${room}`)
}

test.each([
  ['a key that fills the room', '0401', '01020304', '', '01020304'],
  ['a key with padding behind', '0301', '010203BB', '', '010203'],
  ['a key that goes on beside it', '0601', '01020304', '0506', '010203040506'],
  ['a key that fits, and something beside it', '0401', '01020304', '05', null],
  ['a key longer than both', '0701', '01020304', '0506', null],
  ['a key shorter than both', '0501', '01020304', '0506', null],
  ['no key', '0001', '01020304', '', null],
  ['an exponent of another length', '0402', '01020304', '', null],
])('a certificate with %s', (_what, lengths, room, remainder, modulus) => {
  const content = certificate(`02${IIN}`, lengths, room)
  const block = signed(content, concat(hex(remainder), EXPONENT))
  const parts = { certificate: block, remainder: hex(remainder), exponent: EXPONENT }
  const outcome = recoverIssuerCertificate(plainKey(block.length), parts)
  const found = outcome.ok ? toHex(outcome.certificate.key.modulus) : outcome.error
  expect(found).toBe(modulus ?? 'keyLength')
})

test.each([
  ['another hash algorithm', '0201', 'hashAlgorithm'],
  ['another key algorithm', '0102', 'keyAlgorithm'],
])('a certificate with %s', (_what, algorithms, error) => {
  const block = signed(certificate(`02${IIN}`, '0401', '01020304', algorithms), EXPONENT)
  const parts = { certificate: block, remainder: NONE, exponent: EXPONENT }
  expect(recoverIssuerCertificate(plainKey(block.length), parts)).toEqual({ ok: false, error })
})

test('an issuer certificate gives each of its facts, and its shortest has no room for a key', () => {
  const block = signed(certificate(`02${IIN}`, '0401', '01020304'), EXPONENT)
  const parts = { certificate: block, remainder: NONE, exponent: EXPONENT }
  expect(recoverIssuerCertificate(plainKey(block.length), parts)).toEqual({
    ok: true,
    certificate: {
      iin: IIN,
      expiryMMYY: '1230',
      serial: '000001',
      hashAlgorithm: 1,
      keyAlgorithm: 1,
      exponentLength: 1,
      key: { modulus: hex('01020304'), exponent: EXPONENT },
      hash: toHex(block.subarray(-21, -1)),
    },
  })
  const remainder = hex('01020304')
  const bare = signed(certificate(`02${IIN}`, '0401', ''), concat(remainder, EXPONENT))
  const beside = { certificate: bare, remainder, exponent: EXPONENT }
  expect(recoverIssuerCertificate(plainKey(bare.length), beside).ok).toBe(true)
  const short = signed(certificate(`02${IIN}`, '04', ''), concat(remainder, EXPONENT))
  expect(
    recoverIssuerCertificate(plainKey(short.length), { ...beside, certificate: short }),
  ).toEqual({ ok: false, error: 'length' })
})

test('a card certificate is proven with its static data only; without them it may be looked at', () => {
  const block = signed(certificate(`04${PAN}`, '0401', '01020304'), concat(EXPONENT, DATA))
  const parts = { certificate: block, remainder: NONE, exponent: EXPONENT }
  const key = plainKey(block.length)
  const proven = verifyIccCertificate(key, parts, DATA)
  expect(proven.ok && toHex(proven.certificate.pan)).toBe(PAN)
  expect(verifyIccCertificate(key, parts, NONE)).toEqual({ ok: false, error: 'hash' })
  const seen = inspectIccCertificate(key, parts)
  expect(seen.ok && toHex(seen.certificate.pan)).toBe(PAN)
  expect(inspectIccCertificate(plainKey(9), parts)).toEqual({ ok: false, error: 'length' })
})

test('a key has at most 248 bytes, an exponent three, and a signature is below its key', () => {
  const cipher = new Uint8Array(248).fill(1)
  expect(rsaRecover(plainKey(248), cipher)).toEqual(cipher)
  expect(rsaRecover(plainKey(249), new Uint8Array(249))).toBeNull()
  const modulus = hex('0100')
  const of = (exponent: string, text: string) => {
    const made = rsaRecover({ modulus, exponent: hex(exponent) }, hex(text))
    return made && toHex(made)
  }
  expect([of('01', '00FF'), of('01', '0100'), of('01', '0101')]).toEqual(['00FF', null, null])
  expect([of('03', '0003'), of('010001', '0003'), of('00000001', '0003')]).toEqual([
    '001B',
    '0003',
    null,
  ])
  expect([of('000000', '0003'), of('', '0003'), of('01', '03')]).toEqual([null, null, null])
})
