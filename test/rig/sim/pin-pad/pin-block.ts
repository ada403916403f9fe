/** What happens inside the pad's shell: unwrapping the session key and enciphering the ISO 9564 format 0 block. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

/** `tdes`: 8 or 16 bytes. `sm4`: 16. */
export type PadKey = { readonly cipher: 'tdes' | 'sm4'; readonly bytes: Buffer }

const BLOCK_HEX_DIGITS = { tdes: 16, sm4: 32 } as const

/** The session key in clear. A session key of zeros means that the master key itself is the PIN key. */
export function unwrapSessionKey(master: PadKey, wrapped: Buffer): PadKey {
  if (wrapped.every((byte) => byte === 0)) return master
  const decipher = createDecipheriv(...algorithm(master), null).setAutoPadding(false)
  const bytes = Buffer.concat([decipher.update(wrapped), decipher.final()])
  return { cipher: master.cipher, bytes }
}

/** PIN field `0 length PIN F…` xor account field `0…` + the twelve digits in front of the check digit, both as long as a block of the key. */
export function encipherPin(pin: string, account: string, key: PadKey): Buffer {
  const size = BLOCK_HEX_DIGITS[key.cipher]
  const pinField = Buffer.from(`0${pin.length.toString(16)}${pin}`.padEnd(size, 'F'), 'hex')
  const accountField = Buffer.from(account.slice(0, -1).slice(-12).padStart(size, '0'), 'hex')
  const clear = pinField.map((byte, at) => byte ^ (accountField[at] ?? 0))
  const cipher = createCipheriv(...algorithm(key), null).setAutoPadding(false)
  return Buffer.concat([cipher.update(clear), cipher.final()])
}

/** Single DES is triple DES with one key three times; a double-length key is K1 K2 K1. */
function algorithm({ bytes, cipher }: PadKey): [name: string, key: Buffer] {
  if (cipher === 'sm4' && bytes.length === 16) return ['sm4-ecb', bytes]
  if (bytes.length === 8) return ['des-ede3-ecb', Buffer.concat([bytes, bytes, bytes])]
  if (bytes.length === 16) return ['des-ede3-ecb', Buffer.concat([bytes, bytes.subarray(0, 8)])]
  throw new RangeError('a key of this pad has 8 or 16 bytes')
}
