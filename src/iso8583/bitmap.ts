/** The bitmap of a message: up to three times 64 bits, each saying which fields follow. */

import { binaryContent } from './binary.ts'
import type { Reader, Writer } from './cursor.ts'
import type { BinaryEncoding } from './dialect-spec.ts'

const BLOCK_BYTES = 8
const FIELDS_PER_BLOCK = 64

export type Bitmap = {
  /** Reads as many blocks as the first bits ask for; empty with the fault noted when that fails. */
  readonly read: (reader: Reader) => Uint8Array
  /** Writes the blocks that the highest field needs, continuation bits set. */
  readonly write: (writer: Writer, present: readonly number[]) => void
  /** Bytes on the wire at most. */
  readonly largest: number
}

/** `lastField` 64, 128 or 192. Bit 1 of a block says that another block follows, while there may be one. */
export function messageBitmap(encoding: BinaryEncoding, lastField: number): Bitmap {
  const content = binaryContent(encoding)
  const blocks = lastField / FIELDS_PER_BLOCK
  const blockWire = content.wireBytes(BLOCK_BYTES)
  return {
    largest: blocks * blockWire,
    read(reader) {
      const bits = new Uint8Array(blocks * BLOCK_BYTES)
      for (let block = 0; block < blocks; block++) {
        if (!reader.has(blockWire)) return bits
        bits.set(content.decodeBytes(reader, BLOCK_BYTES), block * BLOCK_BYTES)
        if (((bits[block * BLOCK_BYTES] ?? 0) & 0x80) === 0) return bits
      }
      return bits
    },
    write(writer, present) {
      const highest = present.at(-1) ?? 0
      const used = Math.max(1, Math.ceil(highest / FIELDS_PER_BLOCK))
      const bits = new Uint8Array(used * BLOCK_BYTES)
      for (const field of present) setBit(bits, field)
      for (let block = 0; block < used - 1; block++) setBit(bits, block * FIELDS_PER_BLOCK + 1)
      content.encode(writer, bits, bits.length)
    },
  }
}

function setBit(bits: Uint8Array, field: number): void {
  const index = (field - 1) >> 3
  bits[index] = (bits[index] ?? 0) | (0x80 >> ((field - 1) & 7))
}

/** Whether a bit means "another block follows". In the last block the first bit is an ordinary field. */
export function isContinuation(field: number, lastField: number): boolean {
  return field % FIELDS_PER_BLOCK === 1 && field + FIELDS_PER_BLOCK <= lastField
}
