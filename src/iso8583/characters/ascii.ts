/** Bytes below 80 as text and back, fast: most of every message goes through here. */
import type { Writer } from '../cursor.ts'

/** Both keep nothing between calls: without `stream` each call stands alone. */
const DECODER = new TextDecoder()
const ENCODER = new TextEncoder()

/** Up to here joining characters beats the fixed cost of a decoder call (measured on Node 24). */
const SHORT = 24

/** True when every byte from `from` to `end` is below 80. */
export function isAscii(bytes: Uint8Array, from: number, end: number): boolean {
  let seen = 0
  let at = from
  for (; at + 4 <= end; at += 4) {
    seen |= (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) | (bytes[at + 2] ?? 0) | (bytes[at + 3] ?? 0)
  }
  for (; at < end; at++) seen |= bytes[at] ?? 0
  return seen < 0x80
}

/** Text of bytes that are all below 80. */
export function asciiText(bytes: Uint8Array, from: number, end: number): string {
  if (end - from > SHORT) return DECODER.decode(bytes.subarray(from, end))
  let text = ''
  let at = from
  for (; at + 8 <= end; at += 8) text += eightCharacters(bytes, at)
  if (at + 4 <= end) {
    text += fourCharacters(bytes, at)
    at += 4
  }
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}

function fourCharacters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] ?? 0,
    bytes[at + 1] ?? 0,
    bytes[at + 2] ?? 0,
    bytes[at + 3] ?? 0,
  )
}

function eightCharacters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] ?? 0,
    bytes[at + 1] ?? 0,
    bytes[at + 2] ?? 0,
    bytes[at + 3] ?? 0,
    bytes[at + 4] ?? 0,
    bytes[at + 5] ?? 0,
    bytes[at + 6] ?? 0,
    bytes[at + 7] ?? 0,
  )
}

/**
 * The platform's way for long texts: true when every character was one byte below 80. `room` has a byte for each character at least;
 * otherwise what stands in it means nothing.
 */
export function encodeAscii(text: string, room: Uint8Array): boolean {
  const { read, written } = ENCODER.encodeInto(text, room)
  return read === text.length && written === text.length
}

/** Writes one byte per character. Writes nothing that counts, and gives false, when a character is above `highest`. */
export function writeAscii(writer: Writer, text: string, highest: number): boolean {
  const { bytes, at } = writer
  if (text.length > SHORT && encodeAscii(text, bytes.subarray(at, at + text.length))) {
    writer.at = at + text.length
    return true
  }
  let seen = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    seen |= code
    bytes[at + index] = code
  }
  if (seen > highest) return false
  writer.at = at + text.length
  return true
}
