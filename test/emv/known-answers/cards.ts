/** Known answers about cards: CA keys, certificates, signed data, answers to reset. */
import { expect } from 'vitest'
import {
  caKeyCheckValue,
  cdaTransactionDataHash,
  inspectIccCertificate,
  recoverIssuerCertificate,
  toHex,
  verifyCda,
  verifyIccCertificate,
} from '#crypto/public.ts'
import { emvRefusal, parseAtr } from '#emv/public.ts'
import { bytes, type Checkers, get, has, type Json } from './vector.ts'

export const cardCheckers: Checkers = {
  'emv-capk-checksum': (input, expected) => {
    const modulus = bytes(get(input, 'modulus'))
    const check = caKeyCheckValue({
      rid: bytes(get(input, 'rid')),
      index: bytes(get(input, 'index'))[0] ?? 0,
      modulus,
      exponent: bytes(get(input, 'exponent')),
    })
    expect(toHex(check)).toBe(get(expected, 'sha1'))
    if (has(expected, 'modulusBits')) expect(modulus.length * 8).toBe(get(expected, 'modulusBits'))
  },
  'emv-issuer-cert': (input, expected) => {
    const outcome = recoverIssuerCertificate(keyOf(input, 'capkModulus', 'capkExponent'), {
      certificate: bytes(get(input, '90')),
      remainder: bytes(get(input, '92')),
      exponent: bytes(get(input, '9F32')),
    })
    if (!outcome.ok) throw new Error(`refused: ${outcome.error}`)
    const { certificate } = outcome
    expect(named(expected, { ...factsOf(certificate), iin: certificate.iin })).toEqual(expected)
  },
  'emv-icc-cert': (input, expected) => {
    const issuerKey = keyOf(input, 'issuerModulus', 'issuerExponent')
    const staticData = bytes(get(input, 'staticData'))
    const outcome = verifyIccCertificate(issuerKey, iccParts(input), staticData)
    if (!outcome.ok) throw new Error(`refused: ${outcome.error}`)
    const { certificate } = outcome
    expect(named(expected, { ...factsOf(certificate), pan: toHex(certificate.pan) })).toEqual(
      expected,
    )
    const changed = staticData.slice()
    changed[0] = (changed[0] ?? 0) ^ 1
    expect(verifyIccCertificate(issuerKey, iccParts(input), changed)).toEqual({
      ok: false,
      error: 'hash',
    })
  },
  'emv-icc-cert-recover': (input, expected) => {
    const key = keyOf(input, 'issuerModulus', 'issuerExponent')
    const outcome = inspectIccCertificate(key, iccParts(input))
    if (!outcome.ok) throw new Error(`refused: ${outcome.error}`)
    const { certificate } = outcome
    expect(named(expected, { ...factsOf(certificate), pan: toHex(certificate.pan) })).toEqual(
      expected,
    )
  },
  'emv-sdad-cda': (input, expected) => {
    const outcome = verifyCda(
      keyOf(input, 'iccModulus', 'iccExponent'),
      bytes(get(input, '9F4B')),
      bytes(get(input, 'unpredictableNumber')),
    )
    if (!outcome.ok) throw new Error(`refused: ${outcome.error}`)
    const { iccDynamicNumber, cid, cryptogram, transactionDataHash, hash } = outcome.cda
    const found = { iccDynamicNumber, cid, ac: cryptogram, transactionDataHash, hash }
    expect(found).toEqual(expected)
    if (has(input, 'cdolData')) {
      const parts = ['pdolData', 'cdolData', 'genAcResponseWithout9F4B']
      const own = cdaTransactionDataHash(...parts.map((name) => bytes(get(input, name))))
      expect(own).toBe(transactionDataHash)
    }
  },
  'emv-atr': (input, expected) => {
    const outcome = parseAtr(bytes(get(input, 'atr')))
    expect(outcome.ok && emvRefusal(outcome.atr) === null).toBe(get(expected, 'emvAccepted'))
  },
}

/** The sets leave the exponent out where it is 3. */
function keyOf(input: Json, modulus: string, exponent: string) {
  return {
    modulus: bytes(get(input, modulus)),
    exponent: has(input, exponent) ? bytes(get(input, exponent)) : Uint8Array.of(3),
  }
}

function iccParts(input: Json) {
  return {
    certificate: bytes(get(input, '9F46')),
    remainder: bytes(get(input, '9F48')),
    exponent: bytes(get(input, '9F47')),
  }
}

function factsOf(certificate: {
  readonly expiryMMYY: string
  readonly serial: string
  readonly hashAlgorithm: number
  readonly keyAlgorithm: number
  readonly exponentLength: number
  readonly key: { readonly modulus: Uint8Array }
  readonly hash: string
}): Record<string, Json> {
  return {
    expiryMMYY: certificate.expiryMMYY,
    serial: certificate.serial,
    hashAlg: certificate.hashAlgorithm,
    pkAlg: certificate.keyAlgorithm,
    expLen: certificate.exponentLength,
    keyLen: certificate.key.modulus.length,
    modulus: toHex(certificate.key.modulus),
    hash: certificate.hash,
  }
}

/** Of what was found, what the vector speaks about. */
function named(expected: Json, found: Record<string, Json>): Record<string, Json | undefined> {
  const names = Object.keys(typeof expected === 'object' && expected !== null ? expected : {})
  return Object.fromEntries(names.map((name) => [name, found[name]]))
}
