/** Card numbers and track 2 as bytes of ASCII digits, from the chip's nibbles or the stripe's characters, with every copy zeroed. */
import { parseTrack2 } from '#emv/track2.ts'

export type Track2 = {
  /** ASCII digits with `D`, no sentinels. Owned by the receiver, who zeroes it or moves it into the arena. */
  readonly bytes: Uint8Array
  /** Length of the PAN in front of the `D`. */
  readonly panLength: number
  /** `YYMM`, or null when the track leaves it out. */
  readonly expiry: string | null
  /** Three digits, or null when the track leaves them out. */
  readonly serviceCode: string | null
}

/** ISO 7813: 37 characters without sentinels, the most that DE 35 takes. */
const MAX_TRACK2_CHARACTERS = 37
const SHORTEST_PAN = 12
const LONGEST_PAN = 19

const SEPARATOR = 0x44 // D
const PADDING = 0x46 // F
const START_SENTINEL = 0x3b
const END_SENTINEL = 0x3f
const EQUALS = 0x3d

/** Tag 57: nibbles, D as separator, padded with F. Null when it is not a track 2. */
export function track2FromNibbles(value: Uint8Array): Track2 | null {
  return judge(withoutPadding(unpack(value)))
}

/** Stripe: `;` digits `=` digits `?`, sentinels optional, check character dropped. Null when it is not a track 2. */
export function track2FromStripe(value: Uint8Array): Track2 | null {
  const start = value[0] === START_SENTINEL ? 1 : 0
  const end = value.indexOf(END_SENTINEL)
  const inner = value.slice(start, end === -1 ? value.length : end)
  inner.forEach((byte, at) => {
    if (byte === EQUALS) inner[at] = SEPARATOR
  })
  return judge(inner)
}

/** Tag 5A: digits in nibbles, padded with F. Null when it is not a PAN. The receiver owns the result. */
export function panFromNibbles(value: Uint8Array): Uint8Array | null {
  const pan = withoutPadding(unpack(value))
  const fits = pan.length >= SHORTEST_PAN && pan.length <= LONGEST_PAN
  if (fits && pan.every((character) => character >= 0x30 && character <= 0x39)) return pan
  pan.fill(0)
  return null
}

/** Takes the characters over: they are in the result, or zeroed. */
function judge(characters: Uint8Array): Track2 | null {
  const parsed = characters.length <= MAX_TRACK2_CHARACTERS ? parseTrack2(characters) : null
  if (parsed?.ok !== true || parsed.track2.pan.length < SHORTEST_PAN) {
    characters.fill(0)
    return null
  }
  const { pan, expiry, serviceCode } = parsed.track2
  return {
    bytes: characters,
    panLength: pan.length,
    expiry: expiry === '' ? null : expiry,
    serviceCode: serviceCode === '' ? null : serviceCode,
  }
}

function unpack(nibbles: Uint8Array): Uint8Array {
  const characters = new Uint8Array(2 * nibbles.length)
  nibbles.forEach((byte, at) => {
    characters[2 * at] = nibbleCharacter(byte >> 4)
    characters[2 * at + 1] = nibbleCharacter(byte & 0x0f)
  })
  return characters
}

/** A copy without trailing F; the longer original is zeroed. */
function withoutPadding(characters: Uint8Array): Uint8Array {
  let end = characters.length
  while (end > 0 && characters[end - 1] === PADDING) end--
  const kept = characters.slice(0, end)
  characters.fill(0)
  return kept
}

function nibbleCharacter(nibble: number): number {
  return nibble < 10 ? 0x30 + nibble : 0x37 + nibble
}
