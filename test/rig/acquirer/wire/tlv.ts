/** Just enough BER-TLV to read and write field 55. */
import { fromHex, joinBytes, toHex } from './hex.ts'

const MAX_OBJECTS = 100

/** Tag (upper-case hex) → value (upper-case hex); null when the bytes are no flat TLV list. */
export function readTlv(hex: string): ReadonlyMap<string, string> | null {
  const objects = new Map<string, string>()
  let rest = hex
  while (rest.length > 0) {
    if (rest.startsWith('00')) {
      rest = rest.slice(2)
      continue
    }
    const tag = takeTag(rest)
    const length = takeLength(rest.slice(tag.length))
    if (length === null || objects.size === MAX_OBJECTS) return null
    const start = tag.length + length.used
    const value = rest.slice(start, start + length.bytes * 2)
    if (value.length < length.bytes * 2) return null
    objects.set(tag, value)
    rest = rest.slice(start + value.length)
  }
  return objects
}

/** One object as hex. The value is at most 127 bytes. */
export function writeTlv(tag: string, value: string): string {
  const bytes = fromHex(value)
  if (bytes.length > 0x7f) throw new RangeError('value is too long')
  return toHex(joinBytes(fromHex(tag), Uint8Array.of(bytes.length), bytes))
}

function takeTag(hex: string): string {
  if ((Number.parseInt(hex.slice(0, 2), 16) & 0x1f) !== 0x1f) return hex.slice(0, 2)
  let end = 4
  while (end < hex.length && (Number.parseInt(hex.slice(end - 2, end), 16) & 0x80) !== 0) end += 2
  return hex.slice(0, end)
}

function takeLength(hex: string): { bytes: number; used: number } | null {
  const first = Number.parseInt(hex.slice(0, 2), 16)
  if (Number.isNaN(first) || first > 0x82 || first === 0x80) return null
  if (first < 0x80) return { bytes: first, used: 2 }
  const used = 2 + (first & 0x7f) * 2
  const bytes = Number.parseInt(hex.slice(2, used), 16)
  return Number.isNaN(bytes) || hex.length < used ? null : { bytes, used }
}
