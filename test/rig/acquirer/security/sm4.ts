/** SM4 without padding: keys and MACs of acquirers with Chinese algorithms. */
import { createCipheriv } from 'node:crypto'
import { joinBytes } from '../wire/hex.ts'

export const SM4_BLOCK_BYTES = 16

/** ECB over whole blocks. */
export function sm4Encrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return joinBytes(cipher.update(data), cipher.final())
}
