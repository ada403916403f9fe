/** Whether a file that was sent is what its sender signed: Ed25519, with the sender's public key in the configuration folder. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The sender's public key in a configuration folder, in PEM form. */
export function signerFile(folder: string): string {
  return join(folder, 'signer.pem')
}

const SIGNATURE_BYTES = 64
/** Of the SHA-256 of the public key: enough to tell senders apart in a journal. */
const NAME_DIGITS = 16

export type Signature =
  /** `signer`: the name of the key in journals. */
  | { readonly kind: 'good'; readonly signer: string }
  /** No signature beside the file. */
  | { readonly kind: 'none' }
  | { readonly kind: 'bad'; readonly why: 'noSigner' | 'signerUnusable' | 'length' | 'doesNotFit' }

/**
 * `signature`: 64 bytes, or the same as base64; null when there is none. `signer`: file with the public key; undefined: there is none. A signature that cannot be checked is
 * bad, never none. Never throws.
 */
export function judgeSignature(
  bytes: Uint8Array,
  signature: Uint8Array | null,
  signer: string | undefined,
): Signature {
  if (signature === null) return { kind: 'none' }
  const key = readSigner(signer)
  if (key === 'noSigner' || key === 'signerUnusable') return { kind: 'bad', why: key }
  const raw = rawSignature(signature)
  if (raw === null) return { kind: 'bad', why: 'length' }
  if (!verify(null, bytes, key, raw)) return { kind: 'bad', why: 'doesNotFit' }
  return { kind: 'good', signer: nameOf(key) }
}

function readSigner(file: string | undefined): KeyObject | 'noSigner' | 'signerUnusable' {
  if (file === undefined) return 'noSigner'
  let pem = ''
  try {
    pem = readFileSync(file, 'utf8')
  } catch {
    // Missing or not to be read: either way nobody can be told from anybody.
    return 'noSigner'
  }
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : 'signerUnusable'
  } catch {
    // Not PEM, or no public key in it.
    return 'signerUnusable'
  }
}

function rawSignature(signature: Uint8Array): Uint8Array | null {
  if (signature.length === SIGNATURE_BYTES) return signature
  const text = new TextDecoder().decode(signature).trim()
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return null
  return Uint8Array.from(Buffer.from(text, 'base64'))
}

function nameOf(key: KeyObject): string {
  const spki = key.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex').slice(0, NAME_DIGITS)
}
