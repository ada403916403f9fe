/** Bytes below 80 as text, fast: most of every message goes through here. */

/** Keeps nothing between calls: without `stream` each call stands alone. */
const DECODER = new TextDecoder()

/** Up to here joining characters beats the fixed cost of a decoder call (measured on Node 24). */
const SHORT = 16

/** True when every byte from `from` to `end` is below 80. */
export function isAscii(bytes: Uint8Array, from: number, end: number): boolean {
  let seen = 0
  for (let at = from; at < end; at++) seen |= bytes[at] ?? 0
  return seen < 0x80
}

/** Text of bytes that are all below 80. */
export function asciiText(bytes: Uint8Array, from: number, end: number): string {
  if (end - from > SHORT) return DECODER.decode(bytes.subarray(from, end))
  let text = ''
  let at = from
  for (; at + 4 <= end; at += 4) {
    text += String.fromCharCode(
      bytes[at] ?? 0,
      bytes[at + 1] ?? 0,
      bytes[at + 2] ?? 0,
      bytes[at + 3] ?? 0,
    )
  }
  for (; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}
