/** The few operations on byte strings that every algorithm here is made of. */

export type Bytes = Uint8Array<ArrayBuffer>

/**
 * Zeroed bytes for a key or card data. V8 keeps typed arrays of up to 64 bytes in its moving heap, where the garbage collector leaves
 * copies behind that no `fill(0)` reaches; bytes over an ArrayBuffer made by hand stay in one place.
 */
export function fixedBytes(length: number): Bytes {
  return new Uint8Array(new ArrayBuffer(length))
}

/** Bytewise exclusive or; the operands have one length, anything else is a bug and throws. */
export function xor(a: Uint8Array, b: Uint8Array): Bytes {
  if (a.length !== b.length) throw new RangeError('exclusive or needs operands of one length')
  const out = fixedBytes(a.length)
  a.forEach((byte, at) => {
    out[at] = byte ^ (b[at] ?? 0)
  })
  return out
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = fixedBytes(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The first `length` bytes of what a key is derived in; the parts are wiped. */
export function keyOf(parts: readonly Uint8Array[], length: number): Bytes {
  const whole = concat(...parts)
  const key = concat(whole.subarray(0, length))
  wipe(whole, ...parts)
  return key
}

export function wipe(...all: readonly Uint8Array[]): void {
  for (const bytes of all) bytes.fill(0)
}

/** Fills with zeros up to the next multiple of `block`; an empty input stays empty. */
export function zeroPad(bytes: Uint8Array, block: number): Bytes {
  const padded = fixedBytes(Math.ceil(bytes.length / block) * block)
  padded.set(bytes)
  return padded
}

/** ISO 9797-1 method 2: one 80 byte, then zeros up to the next multiple of `block`. The only copy that is made. */
export function markPad(bytes: Uint8Array, block: number): Bytes {
  const padded = fixedBytes((Math.floor(bytes.length / block) + 1) * block)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  return padded
}

/** Sets every byte to odd parity, as DES keys want it. */
export function oddParity(key: Uint8Array): Bytes {
  return Uint8Array.from(key, (byte) => {
    let bits = byte >> 1
    bits ^= bits >> 4
    bits ^= bits >> 2
    bits ^= bits >> 1
    return (byte & 0xfe) | ((bits & 1) ^ 1)
  })
}
