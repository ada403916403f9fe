/** The public part of a release key, as terminals keep it. */
import { createPublicKey } from 'node:crypto'

/** PEM of SubjectPublicKeyInfo. Throws when `key` is no PEM of a private key. */
export function publicPart(key: string): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
}
