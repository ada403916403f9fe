/** Base64 as scanners hand it over, decoded from bytes into bytes: a consumer-presented code carries track 2 and must never be a string. */

const PADDING = 0x3d
const LINE_BREAKS = [0x0d, 0x0a]

/**
 * RFC 4648 with either alphabet, with or without padding, line breaks anywhere. Null for any other byte, for a lone last
 * character and for padding in the middle. The caller zeroes the result when done.
 */
export function decodeBase64(text: Uint8Array): Uint8Array | null {
  // Over an ArrayBuffer made by hand: the garbage collector leaves no copies of small arrays behind then.
  const out = new Uint8Array(new ArrayBuffer(Math.floor((text.length * 3) / 4)))
  let length = 0
  let bits = 0
  let held = 0
  let padded = false
  for (const byte of text) {
    if (LINE_BREAKS.includes(byte)) continue
    if (byte === PADDING) {
      padded = true
      continue
    }
    const value = sextet(byte)
    if (value === null || padded) return discard(out)
    held = (held << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out[length] = (held >> bits) & 0xff
    length += 1
  }
  return bits === 6 ? discard(out) : out.subarray(0, length)
}

/** What was decoded so far may be part of track 2. */
function discard(out: Uint8Array): null {
  out.fill(0)
  return null
}

function sextet(byte: number): number | null {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61 + 26
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30 + 52
  if (byte === 0x2b || byte === 0x2d) return 62
  return byte === 0x2f || byte === 0x5f ? 63 : null
}
