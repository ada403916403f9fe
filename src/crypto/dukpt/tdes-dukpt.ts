/** DUKPT with triple DES (ANSI X9.24-1:2009): one key per transaction, from a key that the terminal no longer holds. */
import { type Bytes, concat, keyOf, wipe, xor } from '../bytes.ts'
import { desEncrypt } from '../des.ts'

/** Key serial number: five bytes name the initial key, then 19 bits of device and 21 bits of counter share the rest. */
const TDES_KSN_BYTES = 10
const TDES_KEY_BYTES = 16
const COUNTER_BITS = 21
const COUNTER_MASK = 0x1fffff

const MASK = Uint8Array.from([
  0xc0, 0xc0, 0xc0, 0xc0, 0, 0, 0, 0, 0xc0, 0xc0, 0xc0, 0xc0, 0, 0, 0, 0,
])

export type DukptPurpose = 'pin' | 'macRequest' | 'macResponse' | 'dataRequest' | 'dataResponse'

/** Byte that is turned over in each half of the transaction key (X9.24-1 annex A, variants). */
const VARIANT_BYTE: Readonly<Record<DukptPurpose, number>> = {
  pin: 7,
  macRequest: 6,
  macResponse: 4,
  dataRequest: 5,
  dataResponse: 3,
}

/** The initial key of a device, from the base derivation key (16 bytes) and any KSN of that device. */
export function tdesInitialKey(baseKey: Uint8Array, ksn: Uint8Array): Bytes {
  const name = ksn.slice(0, 8)
  name[7] = (name[7] ?? 0) & 0xe0
  const masked = xor(baseKey, MASK)
  const key = keyOf([desEncrypt(baseKey, name), desEncrypt(masked, name)], TDES_KEY_BYTES)
  wipe(masked)
  return key
}

/** The key of the KSN's counter value, 16 bytes; use it only through `tdesPurposeKey`. */
export function tdesTransactionKey(initialKey: Uint8Array, ksn: Uint8Array): Bytes {
  if (ksn.length !== TDES_KSN_BYTES) throw new RangeError('a KSN has ten bytes')
  const view = new DataView(ksn.buffer, ksn.byteOffset, ksn.length)
  const low = view.getUint32(6)
  const counter = low & COUNTER_MASK
  const register = ksn.slice(2)
  const registerView = new DataView(register.buffer)
  let shown = low & ~COUNTER_MASK
  let key = concat(initialKey)
  for (let bit = COUNTER_BITS - 1; bit >= 0; bit--) {
    if ((counter & (1 << bit)) === 0) continue
    shown |= 1 << bit
    registerView.setUint32(4, shown >>> 0)
    const masked = xor(key, MASK)
    const halves = [nonReversible(masked, register), nonReversible(key, register)]
    wipe(masked, key)
    key = keyOf(halves, TDES_KEY_BYTES)
  }
  return key
}

/**
 * The transaction key turned to one purpose. For data the variant is enciphered under itself, as X9.24-1 annex A.4.1 asks, so that
 * a data key never equals a variant.
 */
export function tdesPurposeKey(transactionKey: Uint8Array, purpose: DukptPurpose): Bytes {
  const variant = concat(transactionKey)
  for (const half of [0, 8]) {
    const at = half + VARIANT_BYTE[purpose]
    variant[at] = (variant[at] ?? 0) ^ 0xff
  }
  if (purpose !== 'dataRequest' && purpose !== 'dataResponse') return variant
  const key = desEncrypt(variant, variant)
  wipe(variant)
  return key
}

/** X9.24-1 A.2: the left half enciphers what the right half hides. */
function nonReversible(key: Uint8Array, register: Uint8Array): Bytes {
  const right = key.subarray(8)
  const hidden = xor(register, right)
  const enciphered = desEncrypt(key.subarray(0, 8), hidden)
  const half = xor(enciphered, right)
  wipe(hidden, enciphered)
  return half
}
