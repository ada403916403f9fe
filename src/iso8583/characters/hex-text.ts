/** Binary values as hex and back: short ones character by character, long ones through the platform's text codecs, in chunks. */
import { encodeAscii } from './ascii.ts'
import { BYTES_OF_PAIRS, CODE_PAIRS, CODES, hexPair, pairByte } from './hex-digits.ts'

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

export type HexBytes = (text: string, target: Uint8Array, at: number) => boolean

/**
 * Gives a function that writes the bytes which an even number of hex digits spell, and says whether all of them are. Its room for one
 * chunk is zeroed after use: it may have held card data.
 */
export function createHexBytes(): HexBytes {
  let room: Uint16Array<ArrayBuffer> | null = null
  let characters = new Uint8Array()

  function chunk(text: string, target: Uint8Array, at: number): number {
    if (room === null) {
      room = new Uint16Array(CHUNK_BYTES)
      characters = new Uint8Array(room.buffer)
    }
    if (!encodeAscii(text, characters)) return -1
    let wrong = 0
    const count = text.length >> 1
    for (let index = 0; index < count; index++) {
      const byte = BYTES_OF_PAIRS[room[index] ?? 0] ?? -1
      wrong |= byte
      target[at + index] = byte
    }
    return wrong
  }

  return (text, target, at) => {
    if (text.length <= SHORT_BYTES * 2) return shortBytes(text, target, at) >= 0
    let wrong = 0
    for (let from = 0; from < text.length; from += CHUNK_BYTES * 2) {
      wrong |= chunk(text.slice(from, from + CHUNK_BYTES * 2), target, at + (from >> 1))
    }
    room?.fill(0, 0, Math.min(text.length >> 1, CHUNK_BYTES))
    return wrong >= 0
  }
}

function shortBytes(text: string, target: Uint8Array, at: number): number {
  let wrong = 0
  let place = at
  for (let index = 0; index < text.length; index += 2) {
    const byte = pairByte(text.charCodeAt(index), text.charCodeAt(index + 1))
    wrong |= byte
    target[place++] = byte
  }
  return wrong
}

function shortHex(bytes: Uint8Array, from: number, end: number): string {
  let text = ''
  let at = from
  for (; at + 4 <= end; at += 4) text += hexOfFour(bytes, at)
  if (at + 2 <= end) {
    text += hexOfTwo(bytes, at)
    at += 2
  }
  return at < end ? text + hexPair(bytes[at] ?? 0) : text
}

function hexOfTwo(bytes: Uint8Array, at: number): string {
  const a = (bytes[at] ?? 0) << 1
  const b = (bytes[at + 1] ?? 0) << 1
  return String.fromCharCode(CODES[a] ?? 0, CODES[a + 1] ?? 0, CODES[b] ?? 0, CODES[b + 1] ?? 0)
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
