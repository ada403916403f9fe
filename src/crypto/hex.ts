/** Hex is how keys, TLV and test answers are written; one reader and one writer, so that odd input has one meaning. */

/** Upper-case hex of the bytes. Never for card data: text cannot be wiped. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text.toUpperCase()
}

/** Bytes of hex text in either case; null for an odd length or any other character. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) return null
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16)
  }
  return bytes
}
