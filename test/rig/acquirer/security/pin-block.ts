/** ISO 9564 format 0: what the PIN pad sent, as the issuer reads it. */
import { fromHex, joinBytes, toHex, xorBytes } from '../wire/hex.ts'
import { desDecrypt } from './des.ts'
import { sm4Decrypt } from './sm4.ts'

/**
 * The PIN in an enciphered block, or null when it is no format 0 block for this PAN under this key. Under SM4 both fields are twice as wide
 * (a guess, as at the pad).
 */
export function readPinBlock(
  pinKey: Uint8Array,
  blockHex: string,
  pan: string,
  cipher: 'tdes' | 'sm4' = 'tdes',
): string | null {
  const block = fromHex(blockHex)
  const account = cipher === 'sm4' ? joinBytes(new Uint8Array(8), panBlock(pan)) : panBlock(pan)
  if (block.length !== account.length) return null
  const decrypt = cipher === 'sm4' ? sm4Decrypt : desDecrypt
  const clear = toHex(xorBytes(decrypt(pinKey, block), account))
  const length = Number.parseInt(clear.slice(1, 2), 16)
  if (!clear.startsWith('0') || length < 4 || length > 12) return null
  const pin = clear.slice(2, 2 + length)
  const filler = clear.slice(2 + length)
  return /^\d+$/.test(pin) && /^F*$/.test(filler) ? pin : null
}

/** Twelve rightmost digits of the PAN without its check digit, behind four zeros. */
export function panBlock(pan: string): Uint8Array {
  return fromHex(`0000${pan.slice(0, -1).slice(-12).padStart(12, '0')}`)
}
