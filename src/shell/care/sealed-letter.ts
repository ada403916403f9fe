/**
 * A file that only the vendor can open: X25519 with a key made for this one letter, HKDF-SHA-256, AES-256-GCM. Whoever made it cannot open it
 * afterwards. One line of JSON in front says how it was sealed; it is sealed with the rest.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { z } from 'zod'

const [KEY_BYTES, IV_BYTES, TAG_BYTES] = [32, 12, 16]
const HEADER_BYTES_LIMIT = 1024
const NEWLINE = 10

const headerSchema = z.object({
  suretill: z.literal('support'),
  format: z.literal(1),
  seal: z.literal('x25519-hkdf-sha256-aes-256-gcm'),
  /** Public half of the key of this letter. */
  ephemeral: z.string().regex(/^[0-9a-f]{64}$/),
})

export type Keyed =
  | { readonly ok: true; readonly key: KeyObject }
  | { readonly ok: false; readonly why: string }

/** From PEM (SubjectPublicKeyInfo), as `openssl pkey -pubout` writes it. */
export function readPublicKey(pem: string): Keyed {
  return readKey(() => createPublicKey(pem), 'public')
}

/** From PEM (PKCS 8), as `openssl genpkey -algorithm x25519` writes it. */
export function readPrivateKey(pem: string): Keyed {
  return readKey(() => createPrivateKey(pem), 'private')
}

/** The letter as bytes. `content` may be of any length that fits into memory. */
export function sealLetter(content: Uint8Array, recipient: KeyObject): Uint8Array {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const header = JSON.stringify({
    suretill: 'support',
    format: 1,
    seal: 'x25519-hkdf-sha256-aes-256-gcm',
    ephemeral: Buffer.from(rawPublic(publicKey)).toString('hex'),
  })
  const { iv, key } = agree(privateKey, recipient, publicKey, recipient)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header))
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  return Uint8Array.from(Buffer.concat([Buffer.from(`${header}\n`), sealed]))
}

export type Opened =
  | { readonly ok: true; readonly content: Uint8Array }
  | { readonly ok: false; readonly why: 'notALetter' | 'otherKeyOrDamaged' }

/** Never throws for bytes of any kind. */
export function openLetter(letter: Uint8Array, own: KeyObject): Opened {
  const front = readHeader(letter)
  if (front === null) return { ok: false, why: 'notALetter' }
  const sealed = letter.subarray(front.bytes.length + 1)
  if (sealed.length < TAG_BYTES) return { ok: false, why: 'notALetter' }
  try {
    const ephemeral = publicFromRaw(front.ephemeral)
    const { iv, key } = agree(own, ephemeral, ephemeral, createPublicKey(own))
    const decipher = createDecipheriv('aes-256-gcm', key, iv)
      .setAAD(front.bytes)
      .setAuthTag(sealed.subarray(-TAG_BYTES))
    const content = [decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]
    return { ok: true, content: Uint8Array.from(Buffer.concat(content)) }
  } catch {
    // The tag does not fit, or the point is none of the curve: there is nothing more to tell apart.
    return { ok: false, why: 'otherKeyOrDamaged' }
  }
}

/** Key and IV of one letter. Both public keys go in, so that a letter cannot be passed on under another name. */
function agree(own: KeyObject, other: KeyObject, ephemeral: KeyObject, recipient: KeyObject) {
  const secret = diffieHellman({ privateKey: own, publicKey: other })
  const salt = Buffer.concat([rawPublic(ephemeral), rawPublic(recipient)])
  const made = Buffer.from(
    hkdfSync('sha256', secret, salt, 'suretill support 1', KEY_BYTES + IV_BYTES),
  )
  secret.fill(0)
  return { key: made.subarray(0, KEY_BYTES), iv: made.subarray(KEY_BYTES) }
}

function readKey(read: () => KeyObject, half: 'public' | 'private'): Keyed {
  try {
    const key = read()
    return key.asymmetricKeyType === 'x25519'
      ? { ok: true, key }
      : {
          ok: false,
          why: `it is a key of ${key.asymmetricKeyType ?? 'another kind'}, X25519 is wanted`,
        }
  } catch {
    // What OpenSSL says of a file that is no key helps nobody.
    return { ok: false, why: `it holds no ${half} key as PEM` }
  }
}

/** The last 32 bytes of SubjectPublicKeyInfo (RFC 8410) are the key itself. */
const SPKI_FRONT = Buffer.from('302a300506032b656e032100', 'hex')

function rawPublic(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' }).subarray(SPKI_FRONT.length)
}

function publicFromRaw(hex: string): KeyObject {
  const der = Buffer.concat([SPKI_FRONT, Buffer.from(hex, 'hex')])
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}

function readHeader(letter: Uint8Array): { bytes: Uint8Array; ephemeral: string } | null {
  const length = letter.subarray(0, HEADER_BYTES_LIMIT).indexOf(NEWLINE)
  if (length < 0) return null
  const bytes = letter.subarray(0, length)
  try {
    const checked = headerSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return checked.success ? { bytes, ephemeral: checked.data.ephemeral } : null
  } catch {
    // No JSON: some other file.
    return null
  }
}
