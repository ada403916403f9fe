/** Binary values as hex: short ones character by character, long ones through the platform's text codecs, in chunks. */
import { CODE_PAIRS, CODES, hexPair } from './hex-digits.ts'

/** Bytes that are made into text at once. */
const CHUNK_BYTES = 512
/** Up to here joining short texts beats the fixed cost of a decoder call (measured on Node 24). */
const SHORT_BYTES = 20

export type HexText = (bytes: Uint8Array, from: number, count: number) => string

/** Gives a function that turns `count` bytes into upper-case hex. It keeps room for one chunk, which is zeroed after use: it may hold card data. */
export function createHexText(): HexText {
  const decoder = new TextDecoder()
  let room: Uint16Array<ArrayBuffer> | null = null

  function chunk(bytes: Uint8Array, from: number, count: number): string {
    room ??= new Uint16Array(CHUNK_BYTES)
    for (let index = 0; index < count; index++) {
      room[index] = CODE_PAIRS[bytes[from + index] ?? 0] ?? 0
    }
    const used = room.subarray(0, count)
    const text = decoder.decode(used)
    used.fill(0)
    return text
  }

  return (bytes, from, count) => {
    if (count <= SHORT_BYTES) return shortHex(bytes, from, from + count)
    let text = ''
    for (let at = 0; at < count; at += CHUNK_BYTES) {
      text += chunk(bytes, from + at, Math.min(CHUNK_BYTES, count - at))
    }
    return text
  }
}

function shortHex(bytes: Uint8Array, from: number, end: number): string {
  let text = ''
  let at = from
  for (; at + 8 <= end; at += 8) text += hexOfEight(bytes, at)
  if (at + 4 <= end) {
    text += hexOfFour(bytes, at)
    at += 4
  }
  for (; at < end; at++) text += hexPair(bytes[at] ?? 0)
  return text
}

function hexOfFour(bytes: Uint8Array, at: number): string {
  const a = (bytes[at] ?? 0) << 1
  const b = (bytes[at + 1] ?? 0) << 1
  const c = (bytes[at + 2] ?? 0) << 1
  const d = (bytes[at + 3] ?? 0) << 1
  return String.fromCharCode(
    CODES[a] ?? 0,
    CODES[a + 1] ?? 0,
    CODES[b] ?? 0,
    CODES[b + 1] ?? 0,
    CODES[c] ?? 0,
    CODES[c + 1] ?? 0,
    CODES[d] ?? 0,
    CODES[d + 1] ?? 0,
  )
}

function hexOfEight(bytes: Uint8Array, at: number): string {
  const a = (bytes[at + 0] ?? 0) << 1
  const b = (bytes[at + 1] ?? 0) << 1
  const c = (bytes[at + 2] ?? 0) << 1
  const d = (bytes[at + 3] ?? 0) << 1
  const e = (bytes[at + 4] ?? 0) << 1
  const f = (bytes[at + 5] ?? 0) << 1
  const g = (bytes[at + 6] ?? 0) << 1
  const h = (bytes[at + 7] ?? 0) << 1
  return String.fromCharCode(
    CODES[a] ?? 0,
    CODES[a + 1] ?? 0,
    CODES[b] ?? 0,
    CODES[b + 1] ?? 0,
    CODES[c] ?? 0,
    CODES[c + 1] ?? 0,
    CODES[d] ?? 0,
    CODES[d + 1] ?? 0,
    CODES[e] ?? 0,
    CODES[e + 1] ?? 0,
    CODES[f] ?? 0,
    CODES[f + 1] ?? 0,
    CODES[g] ?? 0,
    CODES[g + 1] ?? 0,
    CODES[h] ?? 0,
    CODES[h + 1] ?? 0,
  )
}
