/** ISO 9564-1 format 4: the sixteen-byte PIN block of AES keys, bound to the PAN by two encipherments. */
import { aesDecrypt, aesEncrypt } from '../aes.ts'
import { type Bytes, xor } from '../bytes.ts'
import { toHex } from '../hex.ts'
import { isPin, nibbles, PIN_MAX_DIGITS, PIN_MIN_DIGITS, type PinOutcome } from './pin-block.ts'

/** Plain PIN field: control 4, PIN length, PIN, filler A, then eight random bytes. */
export function pinField4(pin: string, random: Uint8Array): Bytes {
  if (!isPin(pin)) throw new RangeError('a PIN has 4 to 12 digits')
  if (random.length !== 8) throw new RangeError('format 4 needs eight random bytes')
  return nibbles(`4${pin.length.toString(16)}${pin.padEnd(14, 'A')}${toHex(random)}`)
}

/** Plain PAN field: number of digits beyond twelve, the PAN (right aligned in twelve when shorter), zeros. */
export function panField4(pan: string): Bytes {
  if (!/^[0-9]{1,19}$/.test(pan)) throw new RangeError('a PAN has 1 to 19 digits')
  const beyond = Math.max(0, pan.length - 12)
  return nibbles(`${beyond}${pan.padStart(12, '0')}`.padEnd(32, '0'))
}

/** The enciphered block: AES(AES(PIN field) xor PAN field). */
export function encipherPinBlock4(key: Uint8Array, pinField: Uint8Array, pan: string): Bytes {
  return aesEncrypt(key, xor(aesEncrypt(key, pinField), panField4(pan)))
}

export function decipherPinBlock4(key: Uint8Array, block: Uint8Array, pan: string): PinOutcome {
  if (block.length !== 16) return { ok: false, error: 'format' }
  const field = toHex(aesDecrypt(key, xor(aesDecrypt(key, block), panField4(pan))))
  if (field[0] !== '4') return { ok: false, error: 'format' }
  const length = Number.parseInt(field.slice(1, 2), 16)
  if (length < PIN_MIN_DIGITS || length > PIN_MAX_DIGITS) return { ok: false, error: 'length' }
  const pin = field.slice(2, 2 + length)
  if (!/^[0-9]+$/.test(pin)) return { ok: false, error: 'digits' }
  return /^A*$/.test(field.slice(2 + length, 16))
    ? { ok: true, pin }
    : { ok: false, error: 'filler' }
}
