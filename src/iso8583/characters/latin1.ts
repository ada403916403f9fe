/** A character for every byte. */

declare global {
  interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike>
    extends Uint8Array<TArrayBuffer> {
    /** What `buffer.toString('latin1', from, end)` calls. It takes any bytes. */
    latin1Slice(this: Uint8Array, from: number, end: number): string
  }
}

const { latin1Slice } = Buffer.prototype

/** Node's own in half the time of a `TextDecoder`, whose `latin1` is windows-1252 besides. */
export function latin1Text(bytes: Uint8Array): string {
  return latin1Slice.call(bytes, 0, bytes.length)
}
