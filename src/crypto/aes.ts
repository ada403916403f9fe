/** AES without padding, for the key lengths 16, 24 and 32. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Bytes } from './bytes.ts'
import { through } from './through.ts'

export const AES_BLOCK_BYTES = 16
const ZERO_IV = new Uint8Array(AES_BLOCK_BYTES)

/** ECB of whole blocks; a wrong key or data length is a bug and throws. */
export function aesEncrypt(key: Uint8Array, data: Uint8Array): Bytes {
  return run('encrypt', key, data, null)
}

export function aesDecrypt(key: Uint8Array, data: Uint8Array): Bytes {
  return run('decrypt', key, data, null)
}

/** CBC; the IV is zero unless given. */
export function aesEncryptCbc(key: Uint8Array, data: Uint8Array, iv: Uint8Array = ZERO_IV): Bytes {
  return run('encrypt', key, data, iv)
}

export function aesDecryptCbc(key: Uint8Array, data: Uint8Array, iv: Uint8Array = ZERO_IV): Bytes {
  return run('decrypt', key, data, iv)
}

/** Counter mode over any length with a 16-byte start value; its own inverse. */
export function aesCounter(key: Uint8Array, data: Uint8Array, start: Uint8Array): Bytes {
  return through(createCipheriv(nameOf(key, 'ctr'), key, start), data)
}

function run(
  direction: 'encrypt' | 'decrypt',
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array | null,
): Bytes {
  if (data.length % AES_BLOCK_BYTES !== 0) throw new RangeError('AES data must be whole blocks')
  const make = direction === 'encrypt' ? createCipheriv : createDecipheriv
  return through(make(nameOf(key, iv === null ? 'ecb' : 'cbc'), key, iv), data)
}

function nameOf(key: Uint8Array, mode: 'cbc' | 'ctr' | 'ecb'): string {
  const bits = key.length * 8
  if (![128, 192, 256].includes(bits)) throw new RangeError('an AES key has 16, 24 or 32 bytes')
  return `aes-${bits}-${mode}`
}
