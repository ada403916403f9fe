/** How each key block version hides and authenticates: keys derived from (or varied out of) the block protection key. */
import { timingSafeEqual } from 'node:crypto'
import { aesCounter, aesDecryptCbc, aesEncryptCbc } from '../aes.ts'
import { type Bytes, concat, keyOf, wipe, xor } from '../bytes.ts'
import { desDecryptCbc, desEncryptCbc } from '../des.ts'
import { x99Mac } from '../mac/cbc-mac.ts'
import { aesCmac, desCmac } from '../mac/cmac.ts'
import type { KeyBlockVersion } from './key-block.ts'

export type Protection = {
  /** Bytes to whose multiple the header and the clear key are filled. */
  readonly cipherBlock: number
  /** Bytes of the authenticator at the end. */
  readonly macBytes: number
  /** Length of the filled clear key data is a multiple of this; 1 for a stream. */
  readonly fill: number
  readonly seal: (
    header: Uint8Array,
    clear: Uint8Array,
  ) => { readonly body: Bytes; readonly mac: Bytes }
  /** Null when the authenticator does not fit. */
  readonly open: (header: Uint8Array, body: Uint8Array, mac: Uint8Array) => Bytes | null
  /** Zeroes the derived keys. */
  readonly wipe: () => void
}

/** Null when the protection key has no length for that version: 16 or 24 bytes for A to C, 16, 24 or 32 for D and E. */
export function protectionOf(version: KeyBlockVersion, key: Uint8Array): Protection | null {
  const aes = version === 'D' || version === 'E'
  const lengths = aes ? [16, 24, 32] : [16, 24]
  if (!lengths.includes(key.length)) return null
  switch (version) {
    case 'A':
    case 'C':
      return variantProtection(key)
    case 'B':
      return tdesDerivation(key)
    case 'D':
      return aesDerivation(key)
    case 'E':
      return aesCounterDerivation(key)
  }
}

/** A and C: keys varied by 45 and 4D; the cipher text is chained to the header and the MAC covers the cipher text. */
function variantProtection(key: Uint8Array): Protection {
  const cipherKey = xor(key, new Uint8Array(key.length).fill(0x45))
  const macKey = xor(key, new Uint8Array(key.length).fill(0x4d))
  const macOf = (header: Uint8Array, body: Uint8Array): Bytes =>
    x99Mac(macKey, concat(header, body)).slice(0, 4)
  return {
    cipherBlock: 8,
    macBytes: 4,
    fill: 8,
    seal(header, clear) {
      const body = desEncryptCbc(cipherKey, clear, header.subarray(0, 8))
      return { body, mac: macOf(header, body) }
    },
    open(header, body, mac) {
      if (!timingSafeEqual(macOf(header, body), mac)) return null
      return desDecryptCbc(cipherKey, body, header.subarray(0, 8))
    },
    wipe: () => wipe(cipherKey, macKey),
  }
}

/** B: derived keys; the MAC covers the clear text and is the start value of the cipher. */
function tdesDerivation(key: Uint8Array): Protection {
  const algorithm = key.length === 16 ? 0 : 1
  const derive = (usage: number): Bytes => {
    const blocks = Array.from({ length: key.length / 8 }, (_, at) =>
      desCmac(key, derivationData({ counter: at + 1, usage, algorithm, bits: key.length * 8 })),
    )
    return keyOf(blocks, key.length)
  }
  const cipherKey = derive(0)
  const macKey = derive(1)
  return chained({
    cipherBlock: 8,
    macOf: (data) => desCmac(macKey, data),
    encrypt: (clear, iv) => desEncryptCbc(cipherKey, clear, iv),
    decrypt: (body, iv) => desDecryptCbc(cipherKey, body, iv),
    keys: [cipherKey, macKey],
  })
}

/** D: as B with AES. */
function aesDerivation(key: Uint8Array): Protection {
  const { cipherKey, macKey } = aesKeys(key, 0)
  return chained({
    cipherBlock: 16,
    macOf: (data) => aesCmac(macKey, data),
    encrypt: (clear, iv) => aesEncryptCbc(cipherKey, clear, iv),
    decrypt: (body, iv) => aesDecryptCbc(cipherKey, body, iv),
    keys: [cipherKey, macKey],
  })
}

/** E (ISO 20038): as D, with counter mode started by the MAC. */
function aesCounterDerivation(key: Uint8Array): Protection {
  const { cipherKey, macKey } = aesKeys(key, 2)
  const stream = (data: Uint8Array, iv: Uint8Array): Bytes => aesCounter(cipherKey, data, iv)
  return {
    ...chained({
      cipherBlock: 16,
      macOf: (data) => aesCmac(macKey, data),
      encrypt: stream,
      decrypt: stream,
      keys: [cipherKey, macKey],
    }),
    fill: 1,
  }
}

function aesKeys(key: Uint8Array, cipherUsage: number): { cipherKey: Bytes; macKey: Bytes } {
  const algorithm = key.length / 8
  const derive = (usage: number): Bytes => {
    const bits = key.length * 8
    const blocks = Array.from({ length: Math.ceil(key.length / 16) }, (_, at) =>
      aesCmac(key, derivationData({ counter: at + 1, usage, algorithm, bits })),
    )
    return keyOf(blocks, key.length)
  }
  return { cipherKey: derive(cipherUsage), macKey: derive(1) }
}

/** Counter, usage (0 encipher, 1 authenticate, 2 counter mode), zero, algorithm (0, 1 triple DES; 2, 3, 4 AES), length in bits. */
function derivationData(what: {
  readonly counter: number
  readonly usage: number
  readonly algorithm: number
  readonly bits: number
}): Bytes {
  const { counter, usage, algorithm, bits } = what
  return Uint8Array.of(counter, 0, usage, 0, 0, algorithm, bits >> 8, bits & 0xff)
}

function chained(cipher: {
  readonly cipherBlock: number
  readonly macOf: (data: Uint8Array) => Bytes
  readonly encrypt: (clear: Uint8Array, iv: Uint8Array) => Bytes
  readonly decrypt: (body: Uint8Array, iv: Uint8Array) => Bytes
  readonly keys: readonly Uint8Array[]
}): Protection {
  const authenticator = (header: Uint8Array, clear: Uint8Array): Bytes => {
    const whole = concat(header, clear)
    try {
      return cipher.macOf(whole)
    } finally {
      wipe(whole)
    }
  }
  return {
    cipherBlock: cipher.cipherBlock,
    macBytes: cipher.cipherBlock,
    fill: cipher.cipherBlock,
    seal(header, clear) {
      const mac = authenticator(header, clear)
      return { body: cipher.encrypt(clear, mac), mac }
    },
    open(header, body, mac) {
      const clear = cipher.decrypt(body, mac)
      if (timingSafeEqual(authenticator(header, clear), mac)) return clear
      wipe(clear)
      return null
    },
    wipe: () => wipe(...cipher.keys),
  }
}
