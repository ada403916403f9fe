/** Certification authority public keys: loaded from outside, believed only when their check value fits. */
import { type Bytes } from '../bytes.ts'
import type { RsaPublicKey } from './rsa.ts'
import { sameBytes, sha1 } from './sha1.ts'

export type CaPublicKey = RsaPublicKey & {
  /** Five bytes: the first five of the AIDs it serves. */
  readonly rid: Uint8Array
  /** Tag 8F of the card. */
  readonly index: number
}

/** SHA-1 over RID, index, modulus and exponent (EMV Book 2, 11.2). */
export function caKeyCheckValue(key: CaPublicKey): Bytes {
  return sha1(key.rid, Uint8Array.of(key.index), key.modulus, key.exponent)
}

export function caKeyFits(key: CaPublicKey, checkValue: Uint8Array): boolean {
  return sameBytes(caKeyCheckValue(key), checkValue)
}
