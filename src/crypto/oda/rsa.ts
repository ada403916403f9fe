/** The RSA public operation of card certificates. Only public values pass here, so plain whole-number arithmetic will do. */
import type { Bytes } from '../bytes.ts'

/** EMV Book 2, annex D: at most 1984 bits; 248 bytes. */
const RSA_MODULUS_MAX_BYTES = 248
/** Exponents are 3 or 65537; anything up to three bytes is computed. */
const RSA_EXPONENT_MAX_BYTES = 3

export type RsaPublicKey = { readonly modulus: Uint8Array; readonly exponent: Uint8Array }

/**
 * `cipher` to the power of the exponent, as many bytes as the modulus has. Null when the lengths or values cannot belong together
 * (empty, too long, cipher not below the modulus, exponent zero).
 */
export function rsaRecover(key: RsaPublicKey, cipher: Uint8Array): Bytes | null {
  const { modulus, exponent } = key
  if (modulus.length === 0 || modulus.length > RSA_MODULUS_MAX_BYTES) return null
  if (exponent.length === 0 || exponent.length > RSA_EXPONENT_MAX_BYTES) return null
  if (cipher.length !== modulus.length) return null
  const n = toNumber(modulus)
  const base = toNumber(cipher)
  if (base >= n) return null
  let rest = toNumber(exponent)
  if (rest === 0n) return null
  let power = 1n
  for (let square = base; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) power = (power * square) % n
    square = (square * square) % n
  }
  return toBytes(power, modulus.length)
}

function toNumber(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}

function toBytes(value: bigint, length: number): Bytes {
  const hex = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}
