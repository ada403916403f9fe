/** The quick ways of reading: one per form that most fields have. Each gives what `decode` gives, or false and leaves nothing behind. */
import type { Content, Reader } from './cursor.ts'
import type { Gather } from './gather.ts'

type Append = NonNullable<Content['append']>

const HEX_CODES: Uint8Array = Uint8Array.from('0123456789ABCDEF', (digit) => digit.charCodeAt(0))

/** Two upper-case hex digits per byte. */
export const appendHex: Append = (reader, units, gather) => {
  if (!gather.has(units * 2)) return false
  const { bytes, at } = reader
  const { codes } = gather
  let place = gather.at
  for (let index = at; index < at + units; index++) {
    const byte = bytes[index] ?? 0
    codes[place] = HEX_CODES[byte >> 4] ?? 0
    codes[place + 1] = HEX_CODES[byte & 15] ?? 0
    place += 2
  }
  gather.at = place
  reader.at = at + units
  return true
}

/** Bytes as they stand; false when one is above 7F. */
export const appendAscii: Append = (reader, units, gather) => {
  if (!gather.has(units)) return false
  const { bytes, at } = reader
  const { codes } = gather
  const place = gather.at
  let seen = 0
  for (let index = 0; index < units; index++) {
    const byte = bytes[at + index] ?? 0
    seen |= byte
    codes[place + index] = byte
  }
  if (seen >= 0x80) return refuse(gather, units)
  return accept(reader, gather, { wireBytes: units, characters: units })
}

const ZERO = 0x30

/** ASCII digits; false when one is none. */
export const appendDigits: Append = (reader, units, gather) => {
  if (!gather.has(units)) return false
  const { bytes, at } = reader
  const { codes } = gather
  const place = gather.at
  for (let index = 0; index < units; index++) {
    const byte = bytes[at + index] ?? 0
    if (byte < ZERO || byte > ZERO + 9) return refuse(gather, units)
    codes[place + index] = byte
  }
  return accept(reader, gather, { wireBytes: units, characters: units })
}

/** BCD digits; false when a nibble is above `highest` or the filler is neither 0 nor F. */
export function appendBcd(right: boolean, highest: number): Append {
  return (reader, units, gather) => {
    const wireBytes = (units + 1) >> 1
    if (!gather.has(wireBytes * 2)) return false
    const { bytes, at } = reader
    const { codes } = gather
    let place = gather.at
    let start = at
    const odd = (units & 1) === 1
    if (odd && right) {
      const first = bytes[start++] ?? 0
      if (!isFiller(first >> 4) || (first & 15) > highest) return refuse(gather, units)
      codes[place++] = HEX_CODES[first & 15] ?? 0
    }
    const whole = start + (units >> 1)
    for (; start < whole; start++) {
      const byte = bytes[start] ?? 0
      if (byte >> 4 > highest || (byte & 15) > highest) return refuse(gather, units)
      codes[place] = HEX_CODES[byte >> 4] ?? 0
      codes[place + 1] = HEX_CODES[byte & 15] ?? 0
      place += 2
    }
    if (odd && !right) {
      const last = bytes[start] ?? 0
      if (!isFiller(last & 15) || last >> 4 > highest) return refuse(gather, units)
      codes[place] = HEX_CODES[last >> 4] ?? 0
    }
    return accept(reader, gather, { wireBytes, characters: units })
  }
}

/** Leaves nothing behind of what was written so far. */
function refuse({ codes, at }: Gather, characters: number): false {
  codes.fill(0, at, at + characters)
  return false
}

function isFiller(nibble: number): boolean {
  return nibble === 0 || nibble === 15
}

type Taken = { readonly wireBytes: number; readonly characters: number }

function accept(reader: Reader, gather: Gather, { wireBytes, characters }: Taken): true {
  reader.at += wireBytes
  gather.at += characters
  return true
}
