/** DUKPT with AES (ANSI X9.24-3:2017): the counter has 32 bits and every purpose and key kind has a derivation of its own. */
import { aesEncrypt } from '../aes.ts'
import { type Bytes, concat, keyOf, wipe } from '../bytes.ts'

/** Eight bytes of initial key identifier, four of counter. */
const AES_KSN_BYTES = 12

export type AesDukptKeyKind = 'tdes128' | 'tdes192' | 'aes128' | 'aes192' | 'aes256'
export type AesDukptPurpose =
  | 'pin'
  | 'macGenerate'
  | 'macVerify'
  | 'macBoth'
  | 'dataEncrypt'
  | 'dataDecrypt'
  | 'dataBoth'
  | 'keyEncryption'

/** Derivation data, X9.24-3 table 3 and 4: key usage, algorithm, length in bits. */
const USAGE: Readonly<Record<AesDukptPurpose | 'derivation' | 'initial', number>> = {
  keyEncryption: 0x0002,
  pin: 0x1000,
  macGenerate: 0x2000,
  macVerify: 0x2001,
  macBoth: 0x2002,
  dataEncrypt: 0x3000,
  dataDecrypt: 0x3001,
  dataBoth: 0x3002,
  derivation: 0x8000,
  initial: 0x8001,
}
const KIND: Readonly<Record<AesDukptKeyKind, { readonly code: number; readonly bits: number }>> = {
  tdes128: { code: 0, bits: 128 },
  tdes192: { code: 1, bits: 192 },
  aes128: { code: 2, bits: 128 },
  aes192: { code: 3, bits: 192 },
  aes256: { code: 4, bits: 256 },
}

/** The initial key of a device: same length as the base derivation key (16, 24 or 32 bytes); `keyId` is 8 bytes. */
export function aesInitialKey(baseKey: Uint8Array, keyId: Uint8Array): Bytes {
  return derive(baseKey, { usage: USAGE.initial, kind: kindOf(baseKey), tail: keyId })
}

/** The derivation key of the KSN's counter; use it only through `aesPurposeKey`. */
export function aesTransactionKey(initialKey: Uint8Array, ksn: Uint8Array): Bytes {
  const counter = counterOf(ksn)
  const kind = kindOf(initialKey)
  let key = concat(initialKey)
  let shown = 0
  for (let bit = 31; bit >= 0; bit--) {
    const weight = 2 ** bit
    if (Math.floor(counter / weight) % 2 === 0) continue
    shown += weight
    const next = derive(key, { usage: USAGE.derivation, kind, tail: tailOf(ksn, shown) })
    wipe(key)
    key = next
  }
  return key
}

/** The key of one purpose and kind, from the transaction's derivation key. */
export function aesPurposeKey(
  transactionKey: Uint8Array,
  ksn: Uint8Array,
  want: { readonly purpose: AesDukptPurpose; readonly kind: AesDukptKeyKind },
): Bytes {
  return derive(transactionKey, {
    usage: USAGE[want.purpose],
    kind: want.kind,
    tail: tailOf(ksn, counterOf(ksn)),
  })
}

function counterOf(ksn: Uint8Array): number {
  if (ksn.length !== AES_KSN_BYTES) throw new RangeError('an AES KSN has twelve bytes')
  return new DataView(ksn.buffer, ksn.byteOffset).getUint32(8)
}

/** Right half of the key identifier and the counter. */
function tailOf(ksn: Uint8Array, counter: number): Bytes {
  const tail = concat(ksn.subarray(4, 8), new Uint8Array(4))
  new DataView(tail.buffer).setUint32(4, counter)
  return tail
}

function derive(
  key: Uint8Array,
  what: { readonly usage: number; readonly kind: AesDukptKeyKind; readonly tail: Uint8Array },
): Bytes {
  if (what.tail.length !== 8) throw new RangeError('derivation data ends in eight bytes')
  const { code, bits } = KIND[what.kind]
  const blocks = Array.from({ length: Math.ceil(bits / 128) }, (_, at) => {
    const data = concat(Uint8Array.of(1, at + 1, 0, 0, 0, 0, 0, 0), what.tail)
    const view = new DataView(data.buffer)
    view.setUint16(2, what.usage)
    view.setUint16(4, code)
    view.setUint16(6, bits)
    return aesEncrypt(key, data)
  })
  return keyOf(blocks, bits / 8)
}

/** Of another length the cipher itself takes none. */
function kindOf(key: Uint8Array): AesDukptKeyKind {
  if (key.length === 16) return 'aes128'
  return key.length === 24 ? 'aes192' : 'aes256'
}
