/** The MAC that UnionPay acquirers ask of terminals in DE 64. */
import { type Bytes, xor } from '../bytes.ts'
import { DES_BLOCK_BYTES, desEncrypt } from '../des.ts'
import { SM4_BLOCK_BYTES, sm4Encrypt } from '../sm4.ts'

/**
 * DE 64, eight bytes of ASCII hex. `input` runs from the MTI to the last field before DE 64, with bit 64 already set in the
 * bitmap and without TPDU and header; `key` has 8 (single DES) or 16 bytes. UnionPay terminal specification, "ECB" MAC.
 */
export function unionPayEcbMac(key: Uint8Array, input: Uint8Array): Bytes {
  return foldedMac(input, DES_BLOCK_BYTES, (block) => desEncrypt(key, block))
}

/**
 * The same scheme over 16-byte blocks under SM4, for acquirers with Chinese algorithms (sign-on 005). No published answer with its
 * key is known for this one: it follows the description only, and a test message of the acquirer would settle it.
 */
export function unionPaySm4Mac(key: Uint8Array, input: Uint8Array): Bytes {
  return foldedMac(input, SM4_BLOCK_BYTES, (block) => sm4Encrypt(key, block))
}

/** All blocks of the zero-padded input under exclusive or. */
export function unionPayFold(input: Uint8Array, blockBytes: number = DES_BLOCK_BYTES): Bytes {
  const folded = new Uint8Array(blockBytes)
  // Padding with zeros changes nothing here, and no copy of the message is made: it holds card data.
  for (let at = 0; at < input.length; at++) {
    const place = at % blockBytes
    folded[place] = (folded[place] ?? 0) ^ (input[at] ?? 0)
  }
  return folded
}

const DE64_BYTES = 8

function foldedMac(
  input: Uint8Array,
  blockBytes: number,
  encrypt: (block: Uint8Array) => Bytes,
): Bytes {
  const folded = asciiHex(unionPayFold(input, blockBytes))
  const first = encrypt(folded.subarray(0, blockBytes))
  const second = encrypt(xor(first, folded.subarray(blockBytes)))
  return asciiHex(second).slice(0, DE64_BYTES)
}

/** Upper-case hex digits as ASCII bytes, without a string in between: the input holds card data. */
function asciiHex(bytes: Uint8Array): Bytes {
  const out = new Uint8Array(bytes.length * 2)
  bytes.forEach((byte, at) => {
    out[at * 2] = digit(byte >> 4)
    out[at * 2 + 1] = digit(byte & 15)
  })
  return out
}

function digit(nibble: number): number {
  return nibble < 10 ? 0x30 + nibble : 0x41 - 10 + nibble
}
