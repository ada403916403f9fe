/** SM4 without padding: keys and MACs of acquirers with Chinese algorithms. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { joinBytes } from '../wire/hex.ts'

export const SM4_BLOCK_BYTES = 16

/** ECB over whole blocks. */
export function sm4Encrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return joinBytes(cipher.update(data), cipher.final())
}

/** The inverse. */
export function sm4Decrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return joinBytes(cipher.update(data), cipher.final())
}
