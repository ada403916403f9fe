/** The host's side of DUKPT: from the initial key of one terminal and the serial number in a request to the MAC keys of both directions. */
import { createCipheriv } from 'node:crypto'
import { fromHex, joinBytes, xorBytes } from '../wire/hex.ts'
import { desEncrypt } from './des.ts'
import type { MacKey } from './mac.ts'

export type DukptTerminal = {
  readonly cipher: 'tdes' | 'aes'
  /** Initial key as hex: what was loaded into the terminal. */
  readonly initialKey: string
  /** Field of the request that carries the KSN as text. */
  readonly ksnField: number
}

export type DukptMacKeys = { readonly request: MacKey; readonly answer: MacKey }

/** Null when the KSN is none of this kind. */
export function dukptMacKeys(
  { cipher, initialKey }: DukptTerminal,
  ksnHex: string,
): DukptMacKeys | null {
  const size = cipher === 'tdes' ? 10 : 12
  if (!new RegExp(`^[0-9A-F]{${size * 2}}$`).test(ksnHex)) return null
  const ksn = fromHex(ksnHex)
  const initial = fromHex(initialKey)
  return cipher === 'tdes' ? tdesKeys(initial, ksn) : aesKeys(initial, ksn)
}

/** The key of a PIN, from the initial key of the pad and the serial number beside the block; null when that is none. */
export function dukptPinKey(initialKey: string, ksnHex: string): Uint8Array | null {
  if (!/^[0-9A-F]{20}$/.test(ksnHex)) return null
  return xorBytes(tdesTransactionKey(fromHex(initialKey), fromHex(ksnHex)), PIN_VARIANT)
}

const HALVES_MASK = fromHex('C0C0C0C000000000C0C0C0C000000000')
const PIN_VARIANT = fromHex('00000000000000FF00000000000000FF')
const REQUEST_VARIANT = fromHex('000000000000FF00000000000000FF00')
const ANSWER_VARIANT = fromHex('00000000FF00000000000000FF000000')

/** ANSI X9.24-1 annex A: one non-reversible step for each set bit of the 21-bit counter, from the highest. */
function tdesTransactionKey(initial: Uint8Array, ksn: Uint8Array): Uint8Array {
  const number = BigInt(`0x${Buffer.from(ksn.slice(2)).toString('hex')}`)
  const counter = Number(number & 0x1fffffn)
  let shown = number & ~0x1fffffn
  let key = initial
  for (let bit = 20; bit >= 0; bit -= 1) {
    if (((counter >> bit) & 1) === 0) continue
    shown |= 1n << BigInt(bit)
    const register = fromHex(shown.toString(16).padStart(16, '0'))
    key = joinBytes(step(xorBytes(key, HALVES_MASK), register), step(key, register))
  }
  return key
}

function tdesKeys(initial: Uint8Array, ksn: Uint8Array): DukptMacKeys {
  const key = tdesTransactionKey(initial, ksn)
  return {
    request: { cipher: 'tdes', key: xorBytes(key, REQUEST_VARIANT) },
    answer: { cipher: 'tdes', key: xorBytes(key, ANSWER_VARIANT) },
  }
}

function step(key: Uint8Array, register: Uint8Array): Uint8Array {
  const right = key.slice(8)
  return xorBytes(desEncrypt(key.slice(0, 8), xorBytes(register, right)), right)
}

const KEY_DERIVATION = 0x8000
const MAC_GENERATION = 0x2000
const MAC_VERIFICATION = 0x2001

/** ANSI X9.24-3: the counter has 32 bits; every key is made of blocks that name its use, kind and length. */
function aesKeys(initial: Uint8Array, ksn: Uint8Array): DukptMacKeys {
  const counter = Buffer.from(ksn).readUInt32BE(8)
  let key = initial
  let shown = 0
  for (let bit = 31; bit >= 0; bit -= 1) {
    const weight = 2 ** bit
    if (Math.floor(counter / weight) % 2 === 0) continue
    shown += weight
    key = derived(key, KEY_DERIVATION, ksn, shown)
  }
  return {
    request: { cipher: 'aes', key: derived(key, MAC_GENERATION, ksn, counter) },
    answer: { cipher: 'aes', key: derived(key, MAC_VERIFICATION, ksn, counter) },
  }
}

function derived(key: Uint8Array, use: number, ksn: Uint8Array, counter: number): Uint8Array {
  const kind = { 16: 2, 24: 3, 32: 4 }[key.length] ?? 2
  const blocks = [1, 2].slice(0, Math.ceil(key.length / 16)).map((index) => {
    const data = Buffer.alloc(16)
    data.writeUInt8(1, 0)
    data.writeUInt8(index, 1)
    data.writeUInt16BE(use, 2)
    data.writeUInt16BE(kind, 4)
    data.writeUInt16BE(key.length * 8, 6)
    data.set(ksn.slice(4, 8), 8)
    data.writeUInt32BE(counter, 12)
    const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
    return joinBytes(cipher.update(data), cipher.final())
  })
  return joinBytes(...blocks).slice(0, key.length)
}
