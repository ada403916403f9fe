/** The DES MACs of banking: ANSI X9.9 and the retail MAC (ANSI X9.19, ISO 9797-1 algorithm 3). Each gives eight bytes. */
import { type Bytes, fixedBytes } from '../bytes.ts'
import { DES_BLOCK_BYTES, desDecrypt, desEncrypt, desEncryptCbc } from '../des.ts'

const MARK = 0x80

/** ISO 9797-1: 1 zeros, 2 one 80 byte and zeros, 3 a block with the length in bits in front, then zeros. */
export type MacPadding = 1 | 2 | 3

/** ANSI X9.9: CBC under one key (8, 16 or 24 bytes), zero IV, last block. */
export function x99Mac(key: Uint8Array, data: Uint8Array, padding: MacPadding = 1): Bytes {
  const padded = padFor(data, padding)
  try {
    return desEncryptCbc(key, padded).slice(-DES_BLOCK_BYTES)
  } finally {
    // It is a copy of a message that may hold card data.
    padded.fill(0)
  }
}

/**
 * ISO 9797-1 algorithm 3: CBC under the left half; the last block is deciphered under the right half and enciphered under the left.
 * `key` has 16 bytes. With padding 1 this is ANSI X9.19.
 */
export function retailMac(key: Uint8Array, data: Uint8Array, padding: MacPadding = 1): Bytes {
  if (key.length !== 16) throw new RangeError('a retail MAC key has 16 bytes')
  return retailMacOf(key.subarray(0, 8), key.subarray(8), { data, padding })
}

/** The same with the two keys given apart; each may itself be longer than single DES. */
export function retailMacOf(
  left: Uint8Array,
  right: Uint8Array,
  input: { readonly data: Uint8Array; readonly padding: MacPadding },
): Bytes {
  const last = x99Mac(left, input.data, input.padding)
  return desEncrypt(left, desDecrypt(right, last))
}

/** The only copy that is made. Empty data is one block of zeros (ISO 9797-1 6.3.2). */
function padFor(data: Uint8Array, padding: MacPadding): Bytes {
  const front = padding === 3 ? DES_BLOCK_BYTES : 0
  const marked = data.length + (padding === 2 ? 1 : 0)
  const blocks = Math.max(1, Math.ceil(marked / DES_BLOCK_BYTES))
  const padded = fixedBytes(front + blocks * DES_BLOCK_BYTES)
  padded.set(data, front)
  if (padding === 2) padded[data.length] = MARK
  if (padding === 3) new DataView(padded.buffer).setBigUint64(0, BigInt(data.length) * 8n)
  return padded
}
