/** A picture of black dots on white, one bit each, and how strokes of a pen become one. */
import { INK_HEIGHT, INK_WIDTH, type Ink, type Point } from '../api/ink.ts'

export type Dots = {
  readonly width: number
  readonly height: number
  /** Rows from the top, each from the left in whole bytes, the first dot in the highest bit; 1 is black. */
  readonly rows: Uint8Array
}

export function blank(width: number, height: number): Dots {
  return { width, height, rows: new Uint8Array(rowBytes(width) * height) }
}

export function rowBytes(width: number): number {
  return (width + 7) >> 3
}

/** Blackens one dot; what lies beside the picture is left out. */
export function setDot({ width, height, rows }: Dots, [x, y]: Point): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const at = y * rowBytes(width) + (x >> 3)
  rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
}

/** Strokes two dots wide and high, so that a thermal head shows them. */
export function inkDots(ink: Ink): Dots {
  const dots = blank(INK_WIDTH, INK_HEIGHT)
  for (const stroke of ink)
    for (const [x, y] of pathOf(stroke)) {
      setDot(dots, [x, y])
      setDot(dots, [x + 1, y])
      setDot(dots, [x, y + 1])
      setDot(dots, [x + 1, y + 1])
    }
  return dots
}

/** Every dot on the way from point to point. */
function pathOf(stroke: readonly Point[]): readonly Point[] {
  return stroke.flatMap(([x, y], index) => {
    const [fromX, fromY] = stroke[index - 1] ?? [x, y]
    const steps = Math.max(1, Math.abs(x - fromX), Math.abs(y - fromY))
    return Array.from({ length: steps + 1 }, (_, step): Point => {
      const part = step / steps
      return [Math.round(fromX + (x - fromX) * part), Math.round(fromY + (y - fromY) * part)]
    })
  })
}
