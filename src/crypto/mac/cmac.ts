/** CMAC (NIST SP 800-38B, RFC 4493; ISO 9797-1 algorithm 5) over AES and over triple DES. */
import { AES_BLOCK_BYTES, aesEncrypt, aesEncryptCbc } from '../aes.ts'
import { type Bytes, concat, markPad, wipe, xor } from '../bytes.ts'
import { DES_BLOCK_BYTES, desEncrypt, desEncryptCbc } from '../des.ts'

/** Sixteen bytes; the key has 16, 24 or 32. */
export function aesCmac(key: Uint8Array, data: Uint8Array): Bytes {
  return cmac(data, {
    block: AES_BLOCK_BYTES,
    reduction: 0x87,
    encrypt: (block) => aesEncrypt(key, block),
    chain: (blocks) => aesEncryptCbc(key, blocks),
  })
}

/** Eight bytes; the key has 8, 16 or 24. */
export function desCmac(key: Uint8Array, data: Uint8Array): Bytes {
  return cmac(data, {
    block: DES_BLOCK_BYTES,
    reduction: 0x1b,
    encrypt: (block) => desEncrypt(key, block),
    chain: (blocks) => desEncryptCbc(key, blocks),
  })
}

type BlockCipher = {
  readonly block: number
  /** What the field polynomial leaves when a bit falls out on the left. */
  readonly reduction: number
  readonly encrypt: (block: Uint8Array) => Bytes
  readonly chain: (blocks: Uint8Array) => Bytes
}

function cmac(data: Uint8Array, cipher: BlockCipher): Bytes {
  const first = double(cipher.encrypt(new Uint8Array(cipher.block)), cipher.reduction)
  const whole = data.length > 0 && data.length % cipher.block === 0
  const subkey = whole ? first : double(first, cipher.reduction)
  const input = whole ? concat(data) : markPad(data, cipher.block)
  const last = input.length - cipher.block
  input.set(xor(input.subarray(last), subkey), last)
  const chained = cipher.chain(input)
  const mac = concat(chained.subarray(last))
  // A copy of a message that may hold card data; and of a MAC that may be a key.
  wipe(input, chained)
  return mac
}

/** Multiplication by x in GF(2^n). */
function double(value: Uint8Array, reduction: number): Bytes {
  const out = Uint8Array.from(value, (byte, at) => (byte << 1) | ((value[at + 1] ?? 0) >> 7))
  const last = out.length - 1
  if (((value[0] ?? 0) & 0x80) !== 0) out[last] = (out[last] ?? 0) ^ reduction
  return out
}
