/** Issuer and card public key certificates (EMV Book 2, 5.3, 5.4 and 6.4). */
import { concat } from '../bytes.ts'
import { toHex } from '../hex.ts'
import { hashFits, isSha1, type Recovered, type RecoveryError, recover } from './recovered.ts'
import type { RsaPublicKey } from './rsa.ts'

type CertificateFacts = {
  /** `MMYY`; the certificate ends with that month. */
  readonly expiryMMYY: string
  /** Three bytes as hex. */
  readonly serial: string
  readonly hashAlgorithm: number
  readonly keyAlgorithm: number
  readonly exponentLength: number
  readonly key: RsaPublicKey
  /** Hex of the hash inside. */
  readonly hash: string
}

/** `iin`: four bytes as hex, 3 to 8 digits padded with F; must begin the PAN. */
export type IssuerCertificate = CertificateFacts & { readonly iin: string }
/** `pan`: ten bytes, the card's PAN padded with F nibbles; must equal tag 5A. Cardholder data: a view to be zeroed. */
export type IccCertificate = CertificateFacts & { readonly pan: Uint8Array }

export type CertificateOutcome<Certificate> =
  | { readonly ok: true; readonly certificate: Certificate }
  | { readonly ok: false; readonly error: RecoveryError }

/** What the card sends beside a certificate: remainder (92, 9F48; may be empty) and exponent (9F32, 9F47). */
export type CertificateParts = {
  readonly certificate: Uint8Array
  readonly remainder: Uint8Array
  readonly exponent: Uint8Array
}

/** Tag 90 under a CA key, hash included. Expiry, revocation and IIN are for the caller to judge. */
export function recoverIssuerCertificate(
  caKey: RsaPublicKey,
  parts: CertificateParts,
): CertificateOutcome<IssuerCertificate> {
  const read = readCertificate(caKey, parts, ISSUER)
  if (!read.ok) return read
  if (!hashFits(read.recovered, parts.remainder, parts.exponent))
    return { ok: false, error: 'hash' }
  const iin = toHex(read.recovered.hashed.subarray(1, 5))
  return { ok: true, certificate: { ...read.facts, iin } }
}

/** Tag 9F46 under the issuer's key, with the static data that its hash covers. PAN and expiry are for the caller to judge. */
export function verifyIccCertificate(
  issuerKey: RsaPublicKey,
  parts: CertificateParts,
  staticData: Uint8Array,
): CertificateOutcome<IccCertificate> {
  const read = readCertificate(issuerKey, parts, ICC)
  if (!read.ok) return read
  if (!hashFits(read.recovered, parts.remainder, parts.exponent, staticData)) {
    return { ok: false, error: 'hash' }
  }
  return { ok: true, certificate: iccOf(read) }
}

/** Reads 9F46 without its static data, for looking at a card only: nothing is proven, never decide anything by it. */
export function inspectIccCertificate(
  issuerKey: RsaPublicKey,
  parts: CertificateParts,
): CertificateOutcome<IccCertificate> {
  const read = readCertificate(issuerKey, parts, ICC)
  return read.ok ? { ok: true, certificate: iccOf(read) } : read
}

function iccOf(read: Extract<ReadOutcome, { ok: true }>): IccCertificate {
  return { ...read.facts, pan: read.recovered.hashed.subarray(1, 11) }
}

/** `nameBytes`: IIN of an issuer, PAN of a card. */
type Layout = { readonly format: number; readonly nameBytes: number }
const ISSUER: Layout = { format: 2, nameBytes: 4 }
const ICC: Layout = { format: 4, nameBytes: 10 }
/** Date 2, serial 3, two algorithms, two lengths. */
const FACTS_BYTES = 9
const RSA_INDICATOR = 1

type ReadOutcome =
  | { readonly ok: true; readonly recovered: Recovered; readonly facts: CertificateFacts }
  | { readonly ok: false; readonly error: RecoveryError }

function readCertificate(key: RsaPublicKey, parts: CertificateParts, layout: Layout): ReadOutcome {
  const least = 1 + layout.nameBytes + FACTS_BYTES
  const outcome = recover(key, parts.certificate, { format: layout.format, least })
  if (!outcome.ok) return outcome
  const { recovered } = outcome
  const at = 1 + layout.nameBytes
  const [hashAlgorithm = 0, keyAlgorithm = 0, keyLength = 0, exponentLength = 0] =
    recovered.hashed.subarray(at + 5, at + FACTS_BYTES)
  if (!isSha1(hashAlgorithm)) return { ok: false, error: 'hashAlgorithm' }
  if (keyAlgorithm !== RSA_INDICATOR) return { ok: false, error: 'keyAlgorithm' }
  const room = recovered.hashed.subarray(at + FACTS_BYTES)
  const modulus = modulusOf(room, parts.remainder, keyLength)
  if (modulus === null || exponentLength !== parts.exponent.length) {
    return { ok: false, error: 'keyLength' }
  }
  return {
    ok: true,
    recovered,
    facts: {
      expiryMMYY: toHex(recovered.hashed.subarray(at, at + 2)),
      serial: toHex(recovered.hashed.subarray(at + 2, at + 5)),
      hashAlgorithm,
      keyAlgorithm,
      exponentLength,
      key: { modulus, exponent: Uint8Array.from(parts.exponent) },
      hash: toHex(recovered.hash),
    },
  }
}

/** A key that fits the room is padded there with BB and has no remainder; a longer one goes on in the remainder. */
function modulusOf(room: Uint8Array, remainder: Uint8Array, length: number): Uint8Array | null {
  if (length === 0) return null
  if (length <= room.length) return remainder.length === 0 ? room.slice(0, length) : null
  return length === room.length + remainder.length ? concat(room, remainder) : null
}
