/** A signature as a picture for paper: black on white, one bit a dot, as PNG (ISO/IEC 15948). */
import { crc32, deflateSync } from 'node:zlib'
import { INK_HEIGHT, INK_WIDTH, type Ink, type Point } from '../api/ink.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const ROW_BYTES = INK_WIDTH / 8
/** One bit a dot, grey: 1 is white. */
const HEAD_REST = Buffer.from([1, 0, 0, 0, 0])

/** Base 64, as ReceiptLine wants it. */
export function inkPicture(ink: Ink): string {
  // One byte before each row names its filter: none.
  const rows = Buffer.alloc((ROW_BYTES + 1) * INK_HEIGHT, 0xff)
  for (let row = 0; row < INK_HEIGHT; row += 1) rows[row * (ROW_BYTES + 1)] = 0
  for (const stroke of ink) for (const point of dotsOf(stroke)) blacken(rows, point)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(INK_WIDTH, 0)
  head.writeUInt32BE(INK_HEIGHT, 4)
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([head, HEAD_REST])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return png.toString('base64')
}

/** Every dot on the way from point to point. */
function dotsOf(stroke: readonly Point[]): readonly Point[] {
  return stroke.flatMap(([x, y], index) => {
    const [fromX, fromY] = stroke[index - 1] ?? [x, y]
    const steps = Math.max(1, Math.abs(x - fromX), Math.abs(y - fromY))
    return Array.from({ length: steps + 1 }, (_, step): Point => {
      const part = step / steps
      return [Math.round(fromX + (x - fromX) * part), Math.round(fromY + (y - fromY) * part)]
    })
  })
}

/** Two dots wide and high, so that a thermal head shows it. */
function blacken(rows: Buffer, [x, y]: Point): void {
  for (const [column, row] of [
    [x, y],
    [x + 1, y],
    [x, y + 1],
    [x + 1, y + 1],
  ] as const) {
    if (column >= INK_WIDTH || row >= INK_HEIGHT) continue
    const at = row * (ROW_BYTES + 1) + 1 + (column >> 3)
    rows[at] = (rows[at] ?? 0xff) & ~(0x80 >> (column & 7))
  }
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
