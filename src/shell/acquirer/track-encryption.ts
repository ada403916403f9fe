/**
 * DE 35 under the track key of the sign-on (60.3 = 004), for acquirers that want it: the sixteen digits in front of the last one or two are
 * eight bytes of cipher text, written as digits again, so that the field keeps its length.
 */
import type { KeysPort } from '#core/ports/keys.ts'
import type { Fields } from './fields.ts'

const DE35_TRACK_2 = '35'
const DE53_SECURITY_CONTROL = '53'
const ENCIPHERED_DIGITS = 16
/** A shorter track is filled on its left up to this. */
const LEAST_DIGITS = 17
const FILLER = 0x46
/** Third digit of DE 53. */
const ENCRYPTED_AT = 2

/** The fields with their track enciphered; as they were when there is none. Null without a track key: then nothing may be sent. */
export function encryptTrack(fields: Fields, keys: KeysPort): Fields | null {
  const track = fields[DE35_TRACK_2]
  if (!(track instanceof Uint8Array)) return fields
  const key = keys.dataKey()
  if (key === null) return null
  const digits = filled(track)
  const from = digits.length - ENCIPHERED_DIGITS - (digits.length % 2 === 1 ? 1 : 2)
  const clear = packed(digits.subarray(from, from + ENCIPHERED_DIGITS))
  const cipher = keys.encryptData(key, clear)
  clear.fill(0)
  track.fill(0)
  digits.set(unpacked(cipher), from)
  const control = fields[DE53_SECURITY_CONTROL]
  return {
    ...fields,
    [DE35_TRACK_2]: digits,
    ...(typeof control === 'string' ? { [DE53_SECURITY_CONTROL]: marked(control) } : {}),
  }
}

function marked(control: string): string {
  return `${control.slice(0, ENCRYPTED_AT)}1${control.slice(ENCRYPTED_AT + 1)}`
}

/** A copy, at least as long as the rule needs. */
function filled(track: Uint8Array): Uint8Array {
  const digits = new Uint8Array(Math.max(track.length, LEAST_DIGITS)).fill(FILLER)
  digits.set(track, digits.length - track.length)
  return digits
}

/** ASCII hex digits → bytes, without a string in between: it is card data. */
function packed(digits: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: digits.length / 2 },
    (_, at) => (nibble(digits[at * 2]) << 4) | nibble(digits[at * 2 + 1]),
  )
}

function unpacked(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: bytes.length * 2 }, (_, at) => {
    const byte = bytes[at >> 1] ?? 0
    const value = at % 2 === 0 ? byte >> 4 : byte & 15
    return value < 10 ? 0x30 + value : 0x41 - 10 + value
  })
}

/** `0` to `9`, `A` to `F`; the separator of a track is its `D`. */
function nibble(digit = 0): number {
  return digit >= 0x41 ? digit - 0x41 + 10 : digit & 15
}
