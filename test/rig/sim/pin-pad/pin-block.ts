/** What happens inside the pad's shell: unwrapping the session key and enciphering the ISO 9564 format 0 block. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

/** The session key in clear, 8 or 16 bytes. A session key of zeros means that the master key itself is the PIN key. */
export function unwrapSessionKey(masterKey: Buffer, wrapped: Buffer): Buffer {
  if (wrapped.every((byte) => byte === 0)) return masterKey
  const decipher = createDecipheriv('des-ede3-ecb', threeKeys(masterKey), null).setAutoPadding(
    false,
  )
  return Buffer.concat([decipher.update(wrapped), decipher.final()])
}

/** PIN field `0 length PIN F…` xor account field `0000` + the twelve digits in front of the check digit, then (3)DES. */
export function encipherPin(pin: string, account: string, key: Buffer): Buffer {
  const pinField = Buffer.from(`0${pin.length.toString(16)}${pin}`.padEnd(16, 'F'), 'hex')
  const accountField = Buffer.from(account.slice(0, -1).slice(-12).padStart(16, '0'), 'hex')
  const clear = pinField.map((byte, at) => byte ^ (accountField[at] ?? 0))
  const cipher = createCipheriv('des-ede3-ecb', threeKeys(key), null).setAutoPadding(false)
  return Buffer.concat([cipher.update(clear), cipher.final()])
}

/** Single DES is triple DES with one key three times; a double-length key is K1 K2 K1. */
function threeKeys(key: Buffer): Buffer {
  if (key.length === 8) return Buffer.concat([key, key, key])
  if (key.length === 16) return Buffer.concat([key, key.subarray(0, 8)])
  throw new RangeError('a key of this pad has 8 or 16 bytes')
}
