/** Small secrets at rest, and the matching of cards without keeping them: both under keys derived from the device key. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
} from 'node:crypto'
import { concat, fixedBytes } from '#crypto/bytes.ts'
import { toHex } from '#crypto/hex.ts'
import type { DeviceKey, Random } from './device-key.ts'

/** A sealed thing is a key or the card data of one reversal; more is a bug. */
export const SEAL_MAX_BYTES = 4096
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM: nonce, cipher text, tag. `context` says what the bytes are and for whom (for example `reversal:000123`); only the
 * same context opens them, so that sealed things cannot be exchanged for one another.
 */
export function seal(
  key: DeviceKey,
  content: { readonly context: string; readonly bytes: Uint8Array },
  random: Random,
): Uint8Array {
  if (content.bytes.length > SEAL_MAX_BYTES) throw new RangeError('too long to be sealed')
  const nonce = random(NONCE_BYTES)
  return withDerivedKey(key, 'seal', (derived) => {
    const cipher = createCipheriv('aes-256-gcm', derived, nonce)
    cipher.setAAD(Buffer.from(content.context, 'utf8'))
    const body = cipher.update(content.bytes)
    cipher.final()
    return concat(nonce, body, cipher.getAuthTag())
  })
}

/** The bytes, to be zeroed by the caller when done; null when anything at all does not fit (other key, other context, changed). */
export function open(key: DeviceKey, context: string, sealed: Uint8Array): Uint8Array | null {
  const length = sealed.length - NONCE_BYTES - TAG_BYTES
  if (length < 0 || length > SEAL_MAX_BYTES) return null
  return withDerivedKey(key, 'seal', (derived) => {
    const decipher = createDecipheriv('aes-256-gcm', derived, sealed.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(context, 'utf8'))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const clear = decipher.update(sealed.subarray(NONCE_BYTES, NONCE_BYTES + length))
    try {
      decipher.final()
    } catch {
      // GCM says only that the whole does not fit; nothing that was deciphered may be used.
      clear.fill(0)
      return null
    }
    const bytes = fixedBytes(clear.length)
    bytes.set(clear)
    clear.fill(0)
    return bytes
  })
}

/**
 * HMAC-SHA-256 as 64 upper-case hex digits: equal bytes give equal text on this box only. `purpose` keeps kinds apart (`pan`,
 * `paymentCode`), so that one cannot be looked up as the other. PCI DSS 3.5.1.1.
 */
export function fingerprint(key: DeviceKey, purpose: string, bytes: Uint8Array): string {
  return withDerivedKey(key, `fingerprint:${purpose}`, (derived) =>
    toHex(createHmac('sha256', derived).update(bytes).digest()),
  )
}

/** HMAC-SHA-256 under a key of its own for `purpose`, derived once: for what is asked for with every commit. 32 bytes. */
export function macUnder(key: DeviceKey, purpose: string): (bytes: Uint8Array) => Uint8Array {
  const secret = withDerivedKey(key, `mac:${purpose}`, (derived) => createSecretKey(derived))
  return (bytes) => createHmac('sha256', secret).update(bytes).digest()
}

function withDerivedKey<Result>(
  key: DeviceKey,
  purpose: string,
  work: (derived: Uint8Array) => Result,
): Result {
  const derived = key.use(
    (bytes) => new Uint8Array(hkdfSync('sha256', bytes, '', `suretill ${purpose}`, 32)),
  )
  try {
    return work(derived)
  } finally {
    derived.fill(0)
  }
}
