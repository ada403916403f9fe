/** Track 2 as bytes: ASCII digits with `D`, from the chip's nibbles or from the stripe's characters. No text is made of it. */
export type Track2 = {
  /** ASCII digits with `D`, no sentinels. Owned by the receiver, who zeroes it or moves it into the arena. */
  readonly bytes: Uint8Array
  /** Length of the PAN in front of the `D`. */
  readonly panLength: number
  /** `YYMM`. */
  readonly expiry: string
  /** Three digits, or null when the track ends before them. */
  readonly serviceCode: string | null
}

/** ISO 7813: 37 characters without sentinels. */
export const MAX_TRACK2_CHARACTERS = 37
export const SHORTEST_PAN = 12
export const LONGEST_PAN = 19

const ZERO = 0x30
const SEPARATOR = 0x44 // D

/** Tag 57: nibbles, D as separator, padded with F. Null when it is not a track 2. */
export function track2FromNibbles(value: Uint8Array): Track2 | null {
  const characters = new Uint8Array(2 * value.length)
  value.forEach((byte, at) => {
    characters[2 * at] = nibbleCharacter(byte >> 4)
    characters[2 * at + 1] = nibbleCharacter(byte & 0x0f)
  })
  return judge(characters)
}

/** Stripe: `;` digits `=` digits `?`, sentinels optional. Null when it is not a track 2. */
export function track2FromStripe(value: Uint8Array): Track2 | null {
  const inner = value[0] === 0x3b ? value.slice(1) : value.slice()
  inner.forEach((byte, at) => {
    if (byte === 0x3d) inner[at] = SEPARATOR
    if (byte === 0x3f) inner.fill(0x46, at) // the end sentinel and its LRC become padding
  })
  return judge(inner)
}

/** Tag 5A: digits in nibbles, padded with F. Null when it is not a PAN. */
export function panFromNibbles(value: Uint8Array): Uint8Array | null {
  const characters = new Uint8Array(2 * value.length)
  value.forEach((byte, at) => {
    characters[2 * at] = nibbleCharacter(byte >> 4)
    characters[2 * at + 1] = nibbleCharacter(byte & 0x0f)
  })
  const pan = characters.slice(0, digitsFrom(characters, 0))
  const clean = characters.subarray(pan.length).every((character) => character === 0x46)
  characters.fill(0)
  if (clean && pan.length >= SHORTEST_PAN && pan.length <= LONGEST_PAN) return pan
  pan.fill(0)
  return null
}

/** Takes the characters over and zeroes them. */
function judge(characters: Uint8Array): Track2 | null {
  const padding = characters.indexOf(0x46)
  const length = padding === -1 ? characters.length : padding
  const panLength = digitsFrom(characters, 0)
  const whole =
    length <= MAX_TRACK2_CHARACTERS &&
    panLength >= SHORTEST_PAN &&
    panLength <= LONGEST_PAN &&
    characters[panLength] === SEPARATOR &&
    digitsFrom(characters, panLength + 1) === length - panLength - 1 &&
    length >= panLength + 5 &&
    characters.subarray(length).every((character) => character === 0x46)
  const rest = characters.subarray(panLength + 1, length)
  const track: Track2 | null = whole
    ? {
        bytes: characters.slice(0, length),
        panLength,
        expiry: String.fromCharCode(...rest.subarray(0, 4)),
        serviceCode: rest.length >= 7 ? String.fromCharCode(...rest.subarray(4, 7)) : null,
      }
    : null
  characters.fill(0)
  return track
}

function digitsFrom(characters: Uint8Array, start: number): number {
  let at = start
  while (at < characters.length && isDigit(characters[at] ?? 0)) at++
  return at - start
}

function isDigit(character: number): boolean {
  return character >= ZERO && character <= 0x39
}

function nibbleCharacter(nibble: number): number {
  return nibble < 10 ? ZERO + nibble : 0x37 + nibble
}
