/** The bitmap of a message: up to three times 64 bits, each saying which fields follow. */

import { type Reader, readCopy, type Writer } from './cursor.ts'
import type { BinaryEncoding } from './dialect/dialect-spec.ts'
import { binaryContent } from './values/binary.ts'

const BLOCK_BYTES = 8
const FIELDS_PER_BLOCK = 64

export type Bitmap = {
  /**
   * Reads as many blocks as the first bits ask for: 32 bits each, first field in the highest bit. When that fails the fault is noted and
   * the result means nothing.
   */
  readonly read: (reader: Reader) => readonly number[]
  /** Writes the blocks that the highest field needs, continuation bits set. */
  readonly write: (writer: Writer, present: readonly { readonly number: number }[]) => void
  /** Bytes on the wire when `highest` is the last field. */
  readonly wireBytes: (highest: number) => number
}

/** `lastField` 64, 128 or 192. Bit 1 of a block says that another block follows, while there may be one. */
export function messageBitmap(encoding: BinaryEncoding, lastField: number): Bitmap {
  const content = binaryContent(encoding)
  const blocks = lastField / FIELDS_PER_BLOCK
  const blockWire = content.wireBytes(BLOCK_BYTES)
  return {
    wireBytes: (highest) => blocksFor(highest) * blockWire,
    read(reader) {
      const words: number[] = []
      for (let block = 0; block < blocks; block++) {
        if (!reader.has(blockWire)) return words
        const bits = readCopy(content, reader, BLOCK_BYTES)
        words.push(wordAt(bits, 0), wordAt(bits, 4))
        if (((bits[0] ?? 0) & 0x80) === 0) return words
      }
      return words
    },
    write(writer, present) {
      const highest = present.at(-1)?.number ?? 0
      const used = blocksFor(highest)
      const bits = new Uint8Array(used * BLOCK_BYTES)
      for (const { number } of present) setBit(bits, number)
      for (let block = 0; block < used - 1; block++) setBit(bits, block * FIELDS_PER_BLOCK + 1)
      content.encode(writer, bits, bits.length)
    },
  }
}

function blocksFor(highestField: number): number {
  return Math.max(1, Math.ceil(highestField / FIELDS_PER_BLOCK))
}

/** Four bytes as a signed number. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  )
}

function setBit(bytes: Uint8Array, field: number): void {
  const index = (field - 1) >> 3
  bytes[index] = (bytes[index] ?? 0) | (0x80 >> ((field - 1) & 7))
}

/** Whether a bit means "another block follows". In the last block the first bit is an ordinary field. */
export function isContinuation(field: number, lastField: number): boolean {
  return field % FIELDS_PER_BLOCK === 1 && field + FIELDS_PER_BLOCK <= lastField
}

/** The number that a key spells, or 0 when it is none from `first` to `last`: `02` is not a field. */
export function fieldNumber(key: string, first: number, last: number): number {
  const number = Number(key)
  const isField = Number.isInteger(number) && number >= first && number <= last
  return isField && String(number) === key ? number : 0
}

/** DE 64 and DE 128 are the message authentication codes of ISO 8583; a field behind one is not covered by it. */
export function isMacField(number: number): boolean {
  return number === 64 || number === 128
}
