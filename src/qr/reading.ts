/** What scanners put around a code and how they stutter; only the outside is removed, the code itself is never mended. */

const BLANK = 0x20
const LINE_ENDS = [0x09, 0x0a, 0x0d]
const BRACKET = 0x5d
/** A shorter text that repeats is not a stutter of a scanner: no payment code is that short. */
const SHORTEST_DOUBLED = 6
/** Between two readings in one buffer stands at most the suffix of the first and the AIM identifier of the second. */
const LONGEST_SUFFIX = 2
const AIM_LENGTH = 3

/** Leaves out blanks and line ends at both ends and one AIM identifier such as `]Q1` (ISO/IEC 15424). */
export function codeRange(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  let end = bytes.length
  while (end > 0 && isOuter(bytes[end - 1])) end -= 1
  let start = skipOuter(bytes, 0, end)
  if (isAimIdentifier(bytes, start, end)) start = skipOuter(bytes, start + AIM_LENGTH, end)
  return { start, end }
}

/** The code itself out of a reading that is text. A byte order mark inside stays: it is no part of any code, and must be seen. */
export function codeText(reading: string): string {
  const bytes = new TextEncoder().encode(reading)
  const { start, end } = codeRange(bytes)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end))
}

/** The same code twice in one buffer, with or without a suffix and an AIM identifier between. */
export function isDoubled(code: Uint8Array): boolean {
  for (let gap = 0; gap <= LONGEST_SUFFIX + AIM_LENGTH; gap += 1) {
    const half = (code.length - gap) / 2
    if (!Number.isInteger(half) || half < SHORTEST_DOUBLED) continue
    if (!standsBetween(code.subarray(half, half + gap))) continue
    if (sameBytes(code.subarray(0, half), code.subarray(half + gap))) return true
  }
  return false
}

function standsBetween(gap: Uint8Array): boolean {
  const suffix = gap.length - AIM_LENGTH
  const begins = suffix >= 0 && isAimIdentifier(gap, suffix, gap.length)
  return gap.subarray(0, begins ? suffix : gap.length).every((byte) => LINE_ENDS.includes(byte))
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

function skipOuter(bytes: Uint8Array, from: number, end: number): number {
  let start = from
  while (start < end && isOuter(bytes[start])) start += 1
  return start
}

function isOuter(byte: number | undefined): boolean {
  return byte !== undefined && (byte === BLANK || LINE_ENDS.includes(byte))
}

function isAimIdentifier(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < AIM_LENGTH || bytes[start] !== BRACKET) return false
  const letter = (bytes[start + 1] ?? 0) | 0x20
  const modifier = bytes[start + 2] ?? 0
  const isLetter = letter >= 0x61 && letter <= 0x7a
  return (
    isLetter && ((modifier >= 0x30 && modifier <= 0x39) || (modifier >= 0x41 && modifier <= 0x5a))
  )
}
