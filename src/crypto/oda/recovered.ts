/** What certificates and signed data have in common once recovered: 6A, format, content, SHA-1, BC (EMV Book 2, 5 and 6). */
import { type RsaPublicKey, rsaRecover } from './rsa.ts'
import { sameBytes, sha1 } from './sha1.ts'

export type RecoveryError =
  | 'length'
  | 'recovery'
  | 'format'
  | 'hashAlgorithm'
  | 'keyAlgorithm'
  | 'keyLength'
  | 'hash'

export type Recovered = {
  /** From the format byte to the last byte before the hash: the recovered part of what is hashed. */
  readonly hashed: Uint8Array
  readonly hash: Uint8Array
}

export type RecoveredOutcome =
  | { readonly ok: true; readonly recovered: Recovered }
  | { readonly ok: false; readonly error: RecoveryError }

const HEADER = 0x6a
const TRAILER = 0xbc
const HASH_BYTES = 20
const SHA1_INDICATOR = 1

/** Recovers `signed` and checks header, trailer, format and that at least `least` bytes stand before the hash. */
export function recover(
  key: RsaPublicKey,
  signed: Uint8Array,
  want: { readonly format: number; readonly least: number },
): RecoveredOutcome {
  if (signed.length !== key.modulus.length) return { ok: false, error: 'length' }
  if (signed.length < 2 + want.least + HASH_BYTES) return { ok: false, error: 'length' }
  const bytes = rsaRecover(key, signed)
  if (bytes === null || bytes[0] !== HEADER || bytes.at(-1) !== TRAILER) {
    return { ok: false, error: 'recovery' }
  }
  const end = bytes.length - 1 - HASH_BYTES
  const recovered = { hashed: bytes.subarray(1, end), hash: bytes.subarray(end, -1) }
  return recovered.hashed[0] === want.format
    ? { ok: true, recovered }
    : { ok: false, error: 'format' }
}

/** SHA-1 over the recovered part and what was sent beside it. */
export function hashFits(recovered: Recovered, ...beside: readonly Uint8Array[]): boolean {
  return sameBytes(sha1(recovered.hashed, ...beside), recovered.hash)
}

export function isSha1(indicator: number | undefined): boolean {
  return indicator === SHA1_INDICATOR
}
