/** Flat BER-TLV of the reader's answers, as views on the bytes: card data is never copied or turned into text here. */

/** Tag in upper-case hex → value, a view on the input. */
export type TlvObjects = ReadonlyMap<string, Uint8Array>

/** More objects than any kernel returns; beyond it the answer is damage. */
export const MAX_TLV_OBJECTS = 128

/** Null when lengths do not fit, a tag repeats, or there are too many objects. 00 bytes between objects are skipped. */
export function readTlvObjects(bytes: Uint8Array): TlvObjects | null {
  const objects = new Map<string, Uint8Array>()
  let at = 0
  while (at < bytes.length) {
    if (bytes[at] === 0) {
      at++
      continue
    }
    const tagEnd = endOfTag(bytes, at)
    const length = tagEnd === null ? null : readLength(bytes, tagEnd)
    if (tagEnd === null || length === null) return null
    const tag = toHex(bytes.subarray(at, tagEnd))
    const end = length.valueAt + length.value
    if (end > bytes.length || objects.has(tag) || objects.size >= MAX_TLV_OBJECTS) return null
    objects.set(tag, bytes.subarray(length.valueAt, end))
    at = end
  }
  return objects
}

/** One object as bytes; lengths up to 65535. */
export function tlvObject(tag: string, value: Uint8Array): Uint8Array {
  const length = value.length
  const lengthBytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Uint8Array.of(...fromHex(tag), ...lengthBytes, ...value)
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

/** The caller has checked that the text is hex of whole bytes. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  )
}

function endOfTag(bytes: Uint8Array, start: number): number | null {
  let at = start + 1
  if (((bytes[start] ?? 0) & 0x1f) === 0x1f) {
    while (((bytes[at] ?? 0) & 0x80) !== 0) at++
    at++
  }
  return at < bytes.length && at - start <= 4 ? at : null
}

function readLength(bytes: Uint8Array, at: number): { value: number; valueAt: number } | null {
  const first = bytes[at] ?? 0
  if (first < 0x80) return { value: first, valueAt: at + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 2 || at + count >= bytes.length) return null
  const value =
    count === 1 ? (bytes[at + 1] ?? 0) : ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
  return { value, valueAt: at + 1 + count }
}
