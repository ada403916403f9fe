import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
} from 'node:crypto'
import { expect, test } from 'vitest'
import { concat } from '#crypto/bytes.ts'
import { toHex } from '#crypto/hex.ts'
import { caKeyFits } from '#crypto/oda/ca-key.ts'
import { recoverIssuerCertificate, verifyIccCertificate } from '#crypto/oda/certificates.ts'
import { rsaRecover } from '#crypto/oda/rsa.ts'
import { verifyCda, verifyDda, verifySignedStaticData } from '#crypto/oda/signed-data.ts'
import { hex } from './hex-of.ts'

const ca = keyPair(1408)
const issuer = keyPair(1152)
const card = keyPair(1024)
const STATIC_DATA = hex('5A0862220210011100005F24033012315F340101')

test('a card of our own making passes from CA key to dynamic signature', () => {
  const issuerOutcome = recoverIssuerCertificate(ca.key, issuerCertificate())
  const issuerKey = issuerOutcome.ok ? issuerOutcome.certificate.key : ca.key
  expect(issuerKey.modulus).toEqual(issuer.key.modulus)
  const cardOutcome = verifyIccCertificate(issuerKey, cardCertificate(), STATIC_DATA)
  const cardKey = cardOutcome.ok ? cardOutcome.certificate.key : ca.key
  expect(cardKey.modulus).toEqual(card.key.modulus)
  expect(cardOutcome).toMatchObject({ certificate: { expiryMMYY: '1230', serial: '000001' } })
  const signature = dynamic(hex('080102030405060708'), hex('8B55633B'))
  expect(verifyDda(cardKey, signature, hex('8B55633B'))).toMatchObject({
    ok: true,
    iccDynamicNumber: '0102030405060708',
  })
})

test('static data that the issuer signed are believed, changed ones are not', () => {
  const content = concat(Uint8Array.of(3, 1), hex('DAC0'))
  const ssad = sign(issuer, content, STATIC_DATA)
  expect(verifySignedStaticData(issuer.key, ssad, STATIC_DATA)).toEqual({
    ok: true,
    dataAuthenticationCode: 'DAC0',
  })
  expect(verifySignedStaticData(issuer.key, ssad, STATIC_DATA.slice(1))).toEqual(refused('hash'))
  expect(verifySignedStaticData(card.key, ssad, STATIC_DATA)).toEqual(refused('length'))
})

test('a signature for another unpredictable number is refused', () => {
  const signature = dynamic(hex('080102030405060708'), hex('8B55633B'))
  expect(verifyDda(card.key, signature, hex('8B55633C'))).toEqual(refused('hash'))
})

test('every changed byte of a certificate is refused', () => {
  const parts = issuerCertificate()
  for (const name of ['certificate', 'remainder', 'exponent'] as const) {
    for (let at = 0; at < parts[name].length; at++) {
      const changed = parts[name].slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(recoverIssuerCertificate(ca.key, { ...parts, [name]: changed }).ok).toBe(false)
    }
  }
})

test('certificates of another format, algorithm or key length say so', () => {
  const valid = issuerContent()
  const place = {
    format: 0,
    hashAlgorithm: 10,
    keyAlgorithm: 11,
    keyLength: 12,
    exponentLength: 13,
  }
  const errors = Object.values(place).map((at) => {
    const content = valid.slice()
    content[at] = (content[at] ?? 0) ^ 0x10
    const outcome = recoverIssuerCertificate(ca.key, {
      ...issuerCertificate(),
      certificate: sign(ca, content, concat(issuerRemainder(), issuer.key.exponent)),
    })
    return outcome.ok ? 'none' : outcome.error
  })
  expect(errors).toEqual(['format', 'hashAlgorithm', 'keyAlgorithm', 'keyLength', 'keyLength'])
})

test('a dynamic signature with too little in it for CDA, or lengths beyond its end, is refused', () => {
  const short = dynamic(hex('080102030405060708'), hex('8B55633B'))
  expect(verifyCda(card.key, short, hex('8B55633B'))).toEqual(refused('length'))
  const beyond = dynamic(hex('200102'), hex('8B55633B'))
  expect(verifyDda(card.key, beyond, hex('8B55633B'))).toEqual(refused('length'))
})

test('RSA refuses what cannot be a signature', () => {
  const { modulus, exponent } = ca.key
  expect(rsaRecover({ modulus, exponent }, modulus)).toBeNull()
  expect(rsaRecover({ modulus, exponent }, modulus.slice(1))).toBeNull()
  expect(rsaRecover({ modulus, exponent: new Uint8Array(0) }, modulus)).toBeNull()
  expect(rsaRecover({ modulus, exponent: new Uint8Array(3) }, new Uint8Array(176))).toBeNull()
  expect(rsaRecover({ modulus: new Uint8Array(0), exponent }, new Uint8Array(0))).toBeNull()
  expect(rsaRecover({ modulus: new Uint8Array(249), exponent }, new Uint8Array(249))).toBeNull()
})

test('a CA key is believed only with the check value of exactly this key', () => {
  const rid = hex('A000000333')
  const key = { ...ca.key, rid, index: 3 }
  const check = Uint8Array.from(
    createHash('sha1')
      .update(concat(rid, Uint8Array.of(3), ca.key.modulus, ca.key.exponent))
      .digest(),
  )
  expect(caKeyFits(key, check)).toBe(true)
  expect(caKeyFits({ ...key, index: 4 }, check)).toBe(false)
  expect(caKeyFits(key, check.slice(0, 19))).toBe(false)
  expect(caKeyFits(key, concat(check, Uint8Array.of(0)))).toBe(false)
  expect(caKeyFits(key, check.with(19, (check[19] ?? 0) ^ 1))).toBe(false)
})

type Pair = {
  readonly key: { modulus: Uint8Array; exponent: Uint8Array }
  readonly secret: KeyObject
}

function keyPair(modulusLength: number): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent: 3 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const [modulus, exponent] = [n, e].map((part) => Uint8Array.from(Buffer.from(part, 'base64url')))
  if (!modulus || !exponent) throw new Error('unreachable')
  return { key: { modulus, exponent }, secret: privateKey }
}

/** 6A, content filled with BB, SHA-1 over content and what is sent beside it, BC; then the secret operation. */
function sign(pair: Pair, content: Uint8Array, beside: Uint8Array): Uint8Array {
  const filled = new Uint8Array(pair.key.modulus.length - 22).fill(0xbb)
  filled.set(content)
  const hash = createHash('sha1').update(concat(filled, beside)).digest()
  const block = concat(Uint8Array.of(0x6a), filled, hash, Uint8Array.of(0xbc))
  return Uint8Array.from(
    privateEncrypt({ key: pair.secret, padding: constants.RSA_NO_PADDING }, block),
  )
}

function issuerContent(): Uint8Array {
  const { modulus, exponent } = issuer.key
  const facts = Uint8Array.of(1, 1, modulus.length, exponent.length)
  const room = ca.key.modulus.length - 36
  return concat(hex('02622202FF1230000001'), facts, modulus.subarray(0, room))
}

function issuerRemainder(): Uint8Array {
  return issuer.key.modulus.slice(ca.key.modulus.length - 36)
}

function issuerCertificate() {
  const remainder = issuerRemainder()
  const { exponent } = issuer.key
  const certificate = sign(ca, issuerContent(), concat(remainder, exponent))
  return { certificate, remainder, exponent }
}

function cardCertificate() {
  const { modulus, exponent } = card.key
  const room = issuer.key.modulus.length - 42
  const facts = concat(hex('1230000001'), Uint8Array.of(1, 1, modulus.length, exponent.length))
  const content = concat(hex('046222021001110000FFFF'), facts, modulus.subarray(0, room))
  const remainder = modulus.slice(room)
  const certificate = sign(issuer, content, concat(remainder, exponent, STATIC_DATA))
  return { certificate, remainder, exponent }
}

function dynamic(data: Uint8Array, terminalData: Uint8Array): Uint8Array {
  return sign(card, concat(Uint8Array.of(5, 1, data.length), data), terminalData)
}

function refused(error: string): object {
  return { ok: false, error }
}

test('the text of a hash is as long as SHA-1', () => {
  const outcome = recoverIssuerCertificate(ca.key, issuerCertificate())
  expect(outcome.ok && outcome.certificate.hash).toMatch(/^[0-9A-F]{40}$/)
  expect(toHex(ca.key.exponent)).toBe('03')
})
