/**
 * Single and triple DES without padding, for the key lengths of payment systems. OpenSSL 3 no longer offers single DES, so an
 * 8-byte key K runs as triple DES with K|K|K, which is the same permutation.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { type Bytes, fixedBytes } from './bytes.ts'
import { through } from './through.ts'

export const DES_BLOCK_BYTES = 8
const ZERO_IV = new Uint8Array(DES_BLOCK_BYTES)

/**
 * ECB. `key` is 8, 16 or 24 bytes, `data` a multiple of 8; anything else is a bug and throws. Parity bits are ignored.
 */
export function desEncrypt(key: Uint8Array, data: Uint8Array): Bytes {
  return run('encrypt', key, data, null)
}

export function desDecrypt(key: Uint8Array, data: Uint8Array): Bytes {
  return run('decrypt', key, data, null)
}

/** CBC; the IV is zero unless given. */
export function desEncryptCbc(key: Uint8Array, data: Uint8Array, iv: Uint8Array = ZERO_IV): Bytes {
  return run('encrypt', key, data, iv)
}

export function desDecryptCbc(key: Uint8Array, data: Uint8Array, iv: Uint8Array = ZERO_IV): Bytes {
  return run('decrypt', key, data, iv)
}

function run(
  direction: 'encrypt' | 'decrypt',
  key: Uint8Array,
  data: Uint8Array,
  iv: Uint8Array | null,
): Bytes {
  if (data.length % DES_BLOCK_BYTES !== 0) throw new RangeError('DES data must be whole blocks')
  const full = tripleLength(key)
  try {
    const name = iv === null ? 'des-ede3-ecb' : 'des-ede3-cbc'
    const make = direction === 'encrypt' ? createCipheriv : createDecipheriv
    return through(make(name, full, iv), data)
  } finally {
    full.fill(0)
  }
}

function tripleLength(key: Uint8Array): Bytes {
  const full = fixedBytes(24)
  if (key.length === 8) {
    for (const at of [0, 8, 16]) full.set(key, at)
  } else if (key.length === 16) {
    full.set(key)
    full.set(key.subarray(0, 8), 16)
  } else if (key.length === 24) {
    full.set(key)
  } else {
    throw new RangeError('a DES key has 8, 16 or 24 bytes')
  }
  return full
}
