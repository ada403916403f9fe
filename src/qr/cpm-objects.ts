/** Data objects of consumer-presented codes: BER-TLV, and the variant of generators that write every length as one plain byte. */

export type CpmObject = {
  /** Upper-case hex. */
  readonly tag: string
  /** A view of the decoded code: may be card data, so it is zeroed with it. */
  readonly value: Uint8Array
  /** Sub-objects of a constructed tag, null for a primitive one. */
  readonly children: readonly CpmObject[] | null
}

export type LengthStyle = 'ber' | 'plainByte'

/** 61 holds 63 or 64, and nothing goes deeper (EMVCo CPM, data object tree). */
const DEEPEST = 4

/** Null unless the objects fill the bytes exactly. Never throws. */
export function parseCpmObjects(
  bytes: Uint8Array,
  style: LengthStyle,
  depth = 1,
): readonly CpmObject[] | null {
  if (depth > DEEPEST) return null
  const objects: CpmObject[] = []
  let at = 0
  while (at < bytes.length) {
    const tagEnd = endOfTag(bytes, at)
    const length = lengthAt(bytes, tagEnd, style)
    if (length === null || length.end + length.value > bytes.length) return null
    const value = bytes.subarray(length.end, length.end + length.value)
    const constructed = ((bytes[at] ?? 0) & 0x20) !== 0
    const children = constructed ? parseCpmObjects(value, style, depth + 1) : null
    if (constructed && children === null) return null
    objects.push({ tag: hex(bytes.subarray(at, tagEnd)), value, children })
    at = length.end + length.value
  }
  return objects
}

/** Upper case. */
export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text.toUpperCase()
}

/** Tags of EMV have at most three bytes. One that is longer or cut off ends with the bytes, where no length can follow. */
function endOfTag(bytes: Uint8Array, at: number): number {
  if (((bytes[at] ?? 0) & 0x1f) !== 0x1f) return at + 1
  for (let next = at + 1; next < at + 3; next += 1)
    if (((bytes[next] ?? 0) & 0x80) === 0) return next + 1
  return bytes.length
}

function lengthAt(
  bytes: Uint8Array,
  at: number,
  style: LengthStyle,
): { readonly value: number; readonly end: number } | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (style === 'plainByte' || first < 0x80) return { value: first, end: at + 1 }
  // A QR code holds less than 3000 bytes: two bytes of length are enough.
  const count = first & 0x7f
  if (count === 0 || count > 2) return null
  let value = 0
  for (const byte of bytes.subarray(at + 1, at + 1 + count)) value = value * 256 + byte
  return { value, end: at + 1 + count }
}
