/** Hex as the payment world prints it: upper case, no spaces. */

/** Bytes as upper-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

/** Hex as bytes. Throws on anything else: only for text this host made or has checked. */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(hex)) throw new RangeError('not hex')
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

/** Several byte strings as one. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** `a` XOR `b` over the length of `a`; missing bytes of `b` count as zero. */
export function xorBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ (b[index] ?? 0))
}
