/** Who may make a release: Ed25519 keys as PEM files, kept beside the slots where only the administrator of the machine can write. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

export type ReleaseKey = { readonly id: string; readonly key: KeyObject }

/** The public part of a PEM file, private or public; null for anything but an Ed25519 key. */
export function readReleaseKey(pem: string | Uint8Array): ReleaseKey | null {
  try {
    const key = createPublicKey(typeof pem === 'string' ? pem : Buffer.from(pem))
    if (key.asymmetricKeyType !== 'ed25519') return null
    const der = key.export({ type: 'spki', format: 'der' })
    return { id: createHash('sha256').update(der).digest('hex').slice(0, 16), key }
  } catch {
    // Not a key at all.
    return null
  }
}

/** Over the bytes of the manifest as they stand in the bundle, so that `openssl pkeyutl -verify -rawin` says the same. */
export function isSignedBy(
  { key }: ReleaseKey,
  manifest: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify(null, manifest, key, signature)
}
