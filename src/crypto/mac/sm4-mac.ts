/** The CBC MAC under SM4 (GB/T 15852.1, algorithm 1 with padding 1), for acquirers with Chinese algorithms. */
import { type Bytes, zeroPad } from '../bytes.ts'
import { SM4_BLOCK_BYTES, sm4EncryptCbc } from '../sm4.ts'

/** Sixteen bytes; a field of eight takes the leftmost. Empty data is one block of zeros. The key has 16 bytes. */
export function sm4CbcMac(key: Uint8Array, data: Uint8Array): Bytes {
  const padded =
    data.length === 0 ? new Uint8Array(SM4_BLOCK_BYTES) : zeroPad(data, SM4_BLOCK_BYTES)
  try {
    return sm4EncryptCbc(key, padded).slice(-SM4_BLOCK_BYTES)
  } finally {
    // It is a copy of a message that may hold card data.
    padded.fill(0)
  }
}
