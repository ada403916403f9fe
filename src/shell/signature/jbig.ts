/**
 * A picture as ITU-T T.82 (JBIG), as acquirers of UnionPay terminals want signatures: one layer, one plane, one
 * stripe, the three-line template, no typical prediction. No package in the registry writes it.
 */

import { type Dots, rowBytes } from './dots.ts'
import { createQmCoder } from './qm-coder.ts'

/** Dots of the neighbourhood: three two lines above, five one line above, two before. */
const CONTEXTS = 1 << 10
/** End of the stripe, its states forgotten: there is no other one. */
const SDNORM = [0xff, 0x02]

export function encodeJbig(dots: Dots): Uint8Array {
  const { width, height } = dots
  const coder = createQmCoder(CONTEXTS)
  for (let y = 0; y < height; y += 1) encodeLine(dots, y, coder.encode)
  return Uint8Array.from([...header(width, height), ...coder.flush(), ...SDNORM])
}

/**
 * 20 bytes (T.82 6.2): layers from 0 to 0, one plane, a byte of nothing, width, height, lines of a stripe, no movement of the adaptive
 * dot, no order, no option.
 */
function header(width: number, height: number): readonly number[] {
  return [0, 0, 1, 0, ...four(width), ...four(height), ...four(height), 0, 0, 0, 0]
}

function four(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}

/** Slides the three windows over the line: what lies beside the picture and above it is white (T.82 6.6). */
function encodeLine(dots: Dots, y: number, encode: (context: number, dot: 0 | 1) => void): void {
  let upper: number = dotAt(dots, 0, y - 2)
  let above = (dotAt(dots, 0, y - 1) << 1) | dotAt(dots, 1, y - 1)
  let before = 0
  for (let x = 0; x < dots.width; x += 1) {
    upper = ((upper << 1) | dotAt(dots, x + 1, y - 2)) & 0b111
    above = ((above << 1) | dotAt(dots, x + 2, y - 1)) & 0b1_1111
    const dot = dotAt(dots, x, y)
    encode((upper << 7) | (above << 2) | before, dot)
    before = ((before << 1) | dot) & 0b11
  }
}

function dotAt({ width, rows }: Dots, x: number, y: number): 0 | 1 {
  if (y < 0 || x >= width) return 0
  const byte = rows[y * rowBytes(width) + (x >> 3)] ?? 0
  return (byte & (0x80 >> (x & 7))) === 0 ? 0 : 1
}
