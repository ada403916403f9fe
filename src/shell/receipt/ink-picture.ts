/** A signature as a picture for paper: black on white, one bit a dot, as PNG (ISO/IEC 15948). */
import { crc32, deflateSync } from 'node:zlib'
import type { Ink } from '../api/ink.ts'
import { inkDots, rowBytes } from '../signature/dots.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** One bit a dot, grey: 1 is white. */
const HEAD_REST = Buffer.from([1, 0, 0, 0, 0])

/** Base 64, as ReceiptLine wants it. */
export function inkPicture(ink: Ink): string {
  const { height, rows: dots, width } = inkDots(ink)
  const bytes = rowBytes(width)
  // One byte before each row names its filter: none.
  const rows = Buffer.alloc((bytes + 1) * height)
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < bytes; column += 1)
      rows[row * (bytes + 1) + 1 + column] = ~(dots[row * bytes + column] ?? 0)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([head, HEAD_REST])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return png.toString('base64')
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
