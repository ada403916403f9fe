/** SM4 (GB/T 32907) without padding: the Chinese block cipher that takes the place of triple DES and AES. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Bytes } from './bytes.ts'
import { through } from './through.ts'

export const SM4_BLOCK_BYTES = 16
const ZERO_IV = new Uint8Array(SM4_BLOCK_BYTES)

/** ECB of whole blocks under a 16-byte key; other lengths are bugs and throw. */
export function sm4Encrypt(key: Uint8Array, data: Uint8Array): Bytes {
  return finish(createCipheriv('sm4-ecb', key, null), data)
}

export function sm4Decrypt(key: Uint8Array, data: Uint8Array): Bytes {
  return finish(createDecipheriv('sm4-ecb', key, null), data)
}

/** CBC; the IV is zero unless given. */
export function sm4EncryptCbc(key: Uint8Array, data: Uint8Array, iv: Uint8Array = ZERO_IV): Bytes {
  return finish(createCipheriv('sm4-cbc', key, iv), data)
}

export function sm4DecryptCbc(key: Uint8Array, data: Uint8Array, iv: Uint8Array = ZERO_IV): Bytes {
  return finish(createDecipheriv('sm4-cbc', key, iv), data)
}

function finish(cipher: ReturnType<typeof createCipheriv>, data: Uint8Array): Bytes {
  if (data.length % SM4_BLOCK_BYTES !== 0) throw new RangeError('SM4 data must be whole blocks')
  return through(cipher, data)
}
