/** BER-TLV as the reader's firmware writes and reads it. */

/** Tag and value in hex, in the order given. */
export function encodeObjects(objects: readonly (readonly [tag: string, value: string])[]): Buffer {
  return Buffer.concat(
    objects.map(([tag, value]) => {
      const bytes = Buffer.from(value, 'hex')
      const length = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length]
      return Buffer.concat([Buffer.from(tag, 'hex'), Buffer.from(length), bytes])
    }),
  )
}

/** Tag → value, both upper-case hex; null when the bytes do not divide into objects. A repeated tag keeps the first. */
export function decodeObjects(bytes: Buffer): Map<string, string> | null {
  const objects = new Map<string, string>()
  for (let rest = bytes; rest.length > 0; ) {
    const tagLength = lengthOfTag(rest)
    const short = rest[tagLength] ?? 0xff
    const lengthOfLength = short < 0x80 ? 1 : 1 + (short & 0x7f)
    if (short === 0x80 || lengthOfLength > 3 || rest.length < tagLength + lengthOfLength)
      return null
    const size = short < 0x80 ? short : rest.readUIntBE(tagLength + 1, lengthOfLength - 1)
    const start = tagLength + lengthOfLength
    if (rest.length < start + size) return null
    const tag = rest.toString('hex', 0, tagLength).toUpperCase()
    if (!objects.has(tag)) {
      objects.set(tag, rest.toString('hex', start, start + size).toUpperCase())
    }
    rest = rest.subarray(start + size)
  }
  return objects
}

function lengthOfTag(bytes: Buffer): number {
  if (((bytes[0] ?? 0) & 0x1f) !== 0x1f) return 1
  const last = bytes.findIndex((byte, at) => at > 0 && byte < 0x80)
  return last === -1 ? bytes.length : last + 1
}
