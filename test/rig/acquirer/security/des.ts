/** DES and triple DES without padding, as payment keys use them. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { joinBytes, xorBytes } from '../wire/hex.ts'

export const DES_BLOCK_BYTES = 8

/** ECB over whole blocks; `key` of 8 bytes is single DES, of 16 bytes triple DES with K1 K2 K1. */
export function desEncrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv('des-ede3', tripleKey(key), null).setAutoPadding(false)
  return joinBytes(cipher.update(data), cipher.final())
}

/** The inverse of `desEncrypt`. */
export function desDecrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('des-ede3', tripleKey(key), null).setAutoPadding(false)
  return joinBytes(cipher.update(data), cipher.final())
}

/** ISO 9797-1 MAC algorithm 3 (retail MAC) over data already padded to blocks; `key` has 16 bytes. */
export function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const left = key.slice(0, DES_BLOCK_BYTES)
  const right = key.slice(DES_BLOCK_BYTES, 2 * DES_BLOCK_BYTES)
  let chain: Uint8Array = new Uint8Array(DES_BLOCK_BYTES)
  for (let at = 0; at < padded.length; at += DES_BLOCK_BYTES) {
    chain = desEncrypt(left, xorBytes(chain, padded.subarray(at, at + DES_BLOCK_BYTES)))
  }
  return desEncrypt(left, desDecrypt(right, chain))
}

/** Sets the lowest bit of each byte so that the byte has an odd number of ones. */
export function oddParity(key: Uint8Array): Uint8Array {
  return key.map((byte) => {
    let ones = 0
    for (let bit = 1; bit < 8; bit += 1) ones += (byte >> bit) & 1
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
  })
}

function tripleKey(key: Uint8Array): Uint8Array {
  if (key.length === 8) return joinBytes(key, key, key)
  if (key.length === 16) return joinBytes(key, key.subarray(0, 8))
  throw new RangeError('a DES key has 8 or 16 bytes')
}
