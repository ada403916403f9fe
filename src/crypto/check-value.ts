/** A check value tells whether two parties hold one key, and says nothing else about it. */
import type { Bytes } from './bytes.ts'
import { DES_BLOCK_BYTES, desEncrypt } from './des.ts'
import { aesCmac } from './mac/cmac.ts'
import { SM4_BLOCK_BYTES, sm4Encrypt } from './sm4.ts'

/**
 * Check value of a DES key (8, 16 or 24 bytes): the first `length` bytes of eight zero bytes enciphered. Three bytes are
 * usual (ANSI X9.24-1); a UnionPay sign-on answer carries four.
 */
export function keyCheckValue(key: Uint8Array, length = 3): Bytes {
  return desEncrypt(key, new Uint8Array(DES_BLOCK_BYTES)).slice(0, length)
}

/** Check value of an AES key by CMAC over sixteen zero bytes (ANSI X9.24-1:2017 annex A), five bytes unless told. */
export function aesCheckValue(key: Uint8Array, length = 5): Bytes {
  return aesCmac(key, new Uint8Array(16)).slice(0, length)
}

/** Check value of an SM4 key: the first `length` bytes of sixteen zero bytes enciphered. */
export function sm4CheckValue(key: Uint8Array, length = 4): Bytes {
  return sm4Encrypt(key, new Uint8Array(SM4_BLOCK_BYTES)).slice(0, length)
}
