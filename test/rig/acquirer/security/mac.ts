/** Field 64 by the algorithm of the acquirer, under the cipher of the terminal's keys. Eight bytes. */
import { createCipheriv, timingSafeEqual } from 'node:crypto'
import { joinBytes, toHex, xorBytes } from '../wire/hex.ts'
import { DES_BLOCK_BYTES, desEncrypt, retailMac } from './des.ts'
import { SM4_BLOCK_BYTES, sm4Encrypt } from './sm4.ts'
import { unionPayMac } from './unionpay-mac.ts'

export type MacAlgorithm = 'unionpay-ecb' | 'x9.9' | 'x9.19' | 'sm4-cbc' | 'cmac'
export type MacKey = { readonly cipher: 'tdes' | 'sm4' | 'aes'; readonly key: Uint8Array }

const FIELD_BYTES = 8

/** MAC over `input` (MTI up to the field before 64, bit 64 set). Throws RangeError when the cipher has no such algorithm. */
export function macOf(
  algorithm: MacAlgorithm,
  { cipher, key }: MacKey,
  input: Uint8Array,
): Uint8Array {
  switch (`${algorithm}/${cipher}`) {
    case 'unionpay-ecb/tdes':
      return unionPayMac(key, input)
    case 'unionpay-ecb/sm4':
      return foldedSm4(key, input)
    case 'x9.9/tdes':
      return chain(padded(input, DES_BLOCK_BYTES), DES_BLOCK_BYTES, (b) => desEncrypt(key, b))
    case 'x9.19/tdes':
      return retailMac(
        key.length === DES_BLOCK_BYTES ? joinBytes(key, key) : key,
        padded(input, DES_BLOCK_BYTES),
      )
    case 'sm4-cbc/sm4':
      return cut(chain(padded(input, SM4_BLOCK_BYTES), SM4_BLOCK_BYTES, (b) => sm4Encrypt(key, b)))
    case 'cmac/tdes':
      return cmac(input, DES_BLOCK_BYTES, 0x1b, (block) => desEncrypt(key, block))
    case 'cmac/aes':
      return cut(cmac(input, 16, 0x87, (block) => aesEncrypt(key, block)))
    default:
      throw new RangeError(`there is no ${algorithm} under ${cipher}`)
  }
}

/** True when `mac` is the MAC of `input`. */
export function macFits(
  algorithm: MacAlgorithm,
  key: MacKey,
  { input, mac }: { readonly input: Uint8Array; readonly mac: Uint8Array },
): boolean {
  const wanted = macOf(algorithm, key, input)
  return wanted.length === mac.length && timingSafeEqual(wanted, mac)
}

type Encrypt = (block: Uint8Array) => Uint8Array

/** The "ECB" scheme with blocks of sixteen bytes. */
function foldedSm4(key: Uint8Array, input: Uint8Array): Uint8Array {
  let folded: Uint8Array = new Uint8Array(SM4_BLOCK_BYTES)
  for (let at = 0; at < input.length; at += SM4_BLOCK_BYTES)
    folded = xorBytes(folded, input.subarray(at, at + SM4_BLOCK_BYTES))
  const characters = ascii(toHex(folded))
  const first = sm4Encrypt(key, characters.subarray(0, SM4_BLOCK_BYTES))
  const second = sm4Encrypt(key, xorBytes(first, characters.subarray(SM4_BLOCK_BYTES)))
  return cut(ascii(toHex(second)))
}

function chain(data: Uint8Array, block: number, encrypt: Encrypt): Uint8Array {
  let last: Uint8Array = new Uint8Array(block)
  for (let at = 0; at < data.length; at += block)
    last = encrypt(xorBytes(last, data.subarray(at, at + block)))
  return last
}

/** SP 800-38B: the last block is whitened with a subkey, so that no padding can be taken for data. */
function cmac(input: Uint8Array, block: number, reduction: number, encrypt: Encrypt): Uint8Array {
  const first = doubled(encrypt(new Uint8Array(block)), reduction)
  const isWhole = input.length > 0 && input.length % block === 0
  const data = isWhole ? input.slice() : padded(joinBytes(input, Uint8Array.of(0x80)), block)
  const last = xorBytes(data.slice(-block), isWhole ? first : doubled(first, reduction))
  return chain(joinBytes(data.slice(0, -block), last), block, encrypt)
}

function doubled(value: Uint8Array, reduction: number): Uint8Array {
  const shifted = (BigInt(`0x${toHex(value)}`) << 1n).toString(16).padStart(value.length * 2, '0')
  const out = new Uint8Array(Buffer.from(shifted.slice(-value.length * 2), 'hex'))
  const last = value.length - 1
  if (((value[0] ?? 0) & 0x80) !== 0) out[last] = (out[last] ?? 0) ^ reduction
  return out
}

function aesEncrypt(key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
  return joinBytes(cipher.update(block), cipher.final())
}

function padded(data: Uint8Array, block: number): Uint8Array {
  const whole = new Uint8Array(Math.max(1, Math.ceil(data.length / block)) * block)
  whole.set(data)
  return whole
}

function cut(mac: Uint8Array): Uint8Array {
  return mac.slice(0, FIELD_BYTES)
}

function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'ascii'))
}
