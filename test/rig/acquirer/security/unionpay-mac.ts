/** Field 64 of the UnionPay POS dialect ("ECB" algorithm). */
import { toHex, xorBytes } from '../wire/hex.ts'
import { DES_BLOCK_BYTES, desEncrypt } from './des.ts'

/** XORs `input` (zero-padded) into one 8-byte block. */
export function foldBlocks(input: Uint8Array): Uint8Array {
  let folded: Uint8Array = new Uint8Array(DES_BLOCK_BYTES)
  for (let at = 0; at < input.length; at += DES_BLOCK_BYTES) {
    folded = xorBytes(folded, input.subarray(at, at + DES_BLOCK_BYTES))
  }
  return folded
}

/** The folded block as 16 hex characters, enciphered in two steps; the first 8 hex characters of the result are the field. */
export function macOfFolded(key: Uint8Array, folded: Uint8Array): Uint8Array {
  const characters = ascii(toHex(folded))
  const first = desEncrypt(key, characters.subarray(0, DES_BLOCK_BYTES))
  const second = desEncrypt(key, xorBytes(first, characters.subarray(DES_BLOCK_BYTES)))
  return ascii(toHex(second).slice(0, DES_BLOCK_BYTES))
}

/** MAC over `input` (MTI up to the field before 64, bit 64 set): 8 bytes of ASCII hex. */
export function unionPayMac(key: Uint8Array, input: Uint8Array): Uint8Array {
  return macOfFolded(key, foldBlocks(input))
}

function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'ascii'))
}
