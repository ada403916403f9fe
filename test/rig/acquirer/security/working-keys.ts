/** Fresh working keys for a sign-on, and the bytes of field 62 that carry them under the master key. */
import { joinBytes } from '../wire/hex.ts'
import { DES_BLOCK_BYTES, desEncrypt, oddParity } from './des.ts'
import { SM4_BLOCK_BYTES, sm4Encrypt } from './sm4.ts'

const CHECK_VALUE_BYTES = 4
const ZERO_BLOCK = 8

/** Network management code (60.3) of a sign-on: 001 single length, 003 double length, 004 double length with track key, 005 SM4. */
export type SignOnKind = '001' | '003' | '004' | '005'
/** 8 = single DES, second half of the field zero as sent (most hosts); 16 = a real double-length key. */
export type MacKeyBytes = 8 | 16

export type WorkingKeys = {
  readonly cipher: 'tdes' | 'sm4'
  readonly pinKey: Uint8Array
  readonly macKey: Uint8Array
  readonly trackKey: Uint8Array | null
}

export type RandomBytes = (length: number) => Uint8Array

/** New keys with odd parity. A track key only for 004; a single-length sign-on has 8-byte keys throughout. */
export function freshKeys(
  kind: SignOnKind,
  macKeyBytes: MacKeyBytes,
  random: RandomBytes,
): WorkingKeys {
  if (kind === '005')
    return { cipher: 'sm4', pinKey: random(16), macKey: random(16), trackKey: null }
  const key = (bytes: number) => oddParity(random(bytes))
  return {
    cipher: 'tdes',
    pinKey: key(kind === '001' ? 8 : 16),
    macKey: key(kind === '001' ? 8 : macKeyBytes),
    trackKey: kind === '004' ? key(16) : null,
  }
}

/** Field 62: 24 bytes for 001, 40 for 003 and 005, 60 for 004. Each key enciphered under the master key, then 4 bytes of check value. */
export function wrapKeys(masterKey: Uint8Array, kind: SignOnKind, keys: WorkingKeys): Uint8Array {
  if (kind === '005') {
    const parts = [keys.pinKey, keys.macKey].flatMap((key) => [
      sm4Encrypt(masterKey, key),
      sm4Encrypt(key, new Uint8Array(SM4_BLOCK_BYTES)).slice(0, CHECK_VALUE_BYTES),
    ])
    return joinBytes(...parts)
  }
  // A single-length sign-on uses single DES: only the left half of a double-length master key takes part (a guess; no corpus message settles it).
  const master = kind === '001' ? masterKey.slice(0, DES_BLOCK_BYTES) : masterKey
  const wrapped = (key: Uint8Array) => desEncrypt(master, key)
  const filler =
    kind !== '001' && keys.macKey.length === 8 ? new Uint8Array(ZERO_BLOCK) : new Uint8Array(0)
  const track = keys.trackKey === null ? [] : [wrapped(keys.trackKey), keyCheckValue(keys.trackKey)]
  return joinBytes(
    wrapped(keys.pinKey),
    keyCheckValue(keys.pinKey),
    wrapped(keys.macKey),
    filler,
    keyCheckValue(keys.macKey),
    ...track,
  )
}

/** First 4 bytes of eight zero bytes enciphered with the plain key. */
export function keyCheckValue(key: Uint8Array): Uint8Array {
  return desEncrypt(key, new Uint8Array(ZERO_BLOCK)).slice(0, CHECK_VALUE_BYTES)
}
