/**
 * Memory for messages, cut from larger pieces, none of it twice: a typed array with memory of its own costs a quarter of what writing a message
 * into it does.
 */

/** Gives so many bytes, all of them 0, that nobody else has. */
export type Memory = (count: number) => Uint8Array<ArrayBuffer>

const PIECE = 8192
/** What is larger gets memory of its own, so that a message which somebody keeps does not keep much else. */
const MOST = 1024

export function createMemory(): Memory {
  let piece = new Uint8Array()
  let used = 0
  return (count) => {
    if (count > MOST) return new Uint8Array(count)
    if (used + count > piece.length) {
      piece = new Uint8Array(PIECE)
      used = 0
    }
    used += count
    return piece.subarray(used - count, used)
  }
}
