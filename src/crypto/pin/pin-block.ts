/**
 * ISO 9564-1 PIN blocks of eight bytes (formats 0 to 3), in clear. A terminal never calls this with a customer's PIN: it is for the
 * pad's and host's side of a laboratory, and for hosts that use these codecs alone.
 */
import { type Bytes, xor } from '../bytes.ts'
import { fromHex, toHex } from '../hex.ts'

export const PIN_MIN_DIGITS = 4
export const PIN_MAX_DIGITS = 12
const PIN_BLOCK_BYTES = 8

/** What a PIN of four digits leaves free. */
const FILLER_F = 'F'.repeat(10)

export type PinOutcome =
  | { readonly ok: true; readonly pin: string }
  | { readonly ok: false; readonly error: 'format' | 'length' | 'digits' | 'filler' }

/** Format 0: control 0, filler F, under exclusive or with the PAN's right twelve digits without its check digit. */
export function encodePinBlock0(pin: string, pan: string): Bytes {
  return xor(pinField(0, pin, FILLER_F), panField(pan))
}

/** Format 1: no PAN; `filler` are hex digits of the caller's randomness, at least ten minus what the PIN takes. */
export function encodePinBlock1(pin: string, filler: string): Bytes {
  return pinField(1, pin, filler)
}

/** Format 2: for cards that check the PIN themselves. */
export function encodePinBlock2(pin: string): Bytes {
  return pinField(2, pin, FILLER_F)
}

/** Format 3: as 0, with random fillers A to F. */
export function encodePinBlock3(pin: string, pan: string, filler: string): Bytes {
  if (!/^[A-F]+$/.test(filler)) throw new RangeError('format 3 fills with A to F')
  return xor(pinField(3, pin, filler), panField(pan))
}

export function decodePinBlock0(block: Uint8Array, pan: string): PinOutcome {
  return read(0, block, { pan, filler: /^F*$/ })
}

export function decodePinBlock1(block: Uint8Array): PinOutcome {
  return read(1, block, { pan: null, filler: /^[0-9A-F]*$/ })
}

export function decodePinBlock2(block: Uint8Array): PinOutcome {
  return read(2, block, { pan: null, filler: /^F*$/ })
}

export function decodePinBlock3(block: Uint8Array, pan: string): PinOutcome {
  return read(3, block, { pan, filler: /^[A-F]*$/ })
}

/** True for 4 to 12 decimal digits. */
export function isPin(pin: string): boolean {
  return /^[0-9]+$/.test(pin) && pin.length >= PIN_MIN_DIGITS && pin.length <= PIN_MAX_DIGITS
}

function pinField(format: number, pin: string, filler: string): Bytes {
  if (!isPin(pin)) throw new RangeError('a PIN has 4 to 12 digits')
  const room = 14 - pin.length
  if (filler.length < room) throw new RangeError('too little filler for this PIN')
  return nibbles(`${format}${pin.length.toString(16)}${pin}${filler.slice(0, room)}`)
}

/** Four zero digits and the twelve digits left of the check digit, zero filled when the PAN is shorter. */
function panField(pan: string): Bytes {
  if (!/^[0-9]{1,19}$/.test(pan)) throw new RangeError('a PAN has 1 to 19 digits')
  return nibbles(pan.slice(0, -1).slice(-12).padStart(16, '0'))
}

function read(
  format: number,
  block: Uint8Array,
  rule: { readonly pan: string | null; readonly filler: RegExp },
): PinOutcome {
  if (block.length !== PIN_BLOCK_BYTES) return { ok: false, error: 'format' }
  const clear = rule.pan === null ? block : xor(block, panField(rule.pan))
  const text = toHex(clear)
  if (text[0] !== String(format)) return { ok: false, error: 'format' }
  const length = Number.parseInt(text.slice(1, 2), 16)
  if (length < PIN_MIN_DIGITS || length > PIN_MAX_DIGITS) return { ok: false, error: 'length' }
  const pin = text.slice(2, 2 + length)
  if (!/^[0-9]+$/.test(pin)) return { ok: false, error: 'digits' }
  return rule.filler.test(text.slice(2 + length))
    ? { ok: true, pin }
    : { ok: false, error: 'filler' }
}

/** The bytes of a field that was put together from digits and filler. */
export function nibbles(text: string): Bytes {
  const bytes = fromHex(text)
  if (bytes === null) throw new RangeError('a PIN block field is not hex')
  return bytes
}
