/**
 * A signature as text: strokes of points on a grid, each point after the first as a step of at most 31 in either direction. One character
 * of base 64 for each number, so a name takes a few hundred bytes, some fiftieth of its picture.
 */

/** A point of the grid, from the left and from the top. */
export type Point = readonly [x: number, y: number]
export type Ink = readonly (readonly Point[])[]

/** Dots of paper: a quarter less than the narrowest roll is wide (384). */
export const INK_WIDTH = 288
export const INK_HEIGHT = 96
/** Longer than any name; what is written beyond it is not taken. Fits into one frame of the screens. */
export const INK_MAX_LENGTH = 3600
/** Less than this, in dots along the strokes, is a slip of the finger. */
export const INK_LEAST_DOTS = 60

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const FORM = /^[\w-]{4,}(\.[\w-]{4,})*$/
const STEP = 31

/** The text of `ink`; strokes that no longer fit are left out. */
export function writeInk(ink: Ink): string {
  let text = ''
  for (const stroke of ink) {
    const next = `${text}${text === '' ? '' : '.'}${writeStroke(stroke)}`
    if (next.length > INK_MAX_LENGTH) return text
    text = next
  }
  return text
}

function writeStroke([first, ...others]: readonly Point[]): string {
  if (first === undefined) return ''
  let [x, y] = first
  let text = wide(x) + wide(y)
  for (const [toX, toY] of others) {
    // A quick hand moves further than one step says: several, along the line.
    while (x !== toX || y !== toY) {
      const parts = Math.ceil(Math.max(Math.abs(toX - x), Math.abs(toY - y)) / STEP)
      const [stepX, stepY] = [Math.round((toX - x) / parts), Math.round((toY - y) / parts)]
      text += digit(stepX + STEP) + digit(stepY + STEP)
      x += stepX
      y += stepY
    }
  }
  return text
}

/** The strokes of a text; null for what is not one, leaves the grid, or is too little to be a signature. */
export function readInk(text: string): Ink | null {
  if (text.length > INK_MAX_LENGTH || !FORM.test(text)) return null
  const ink = text.split('.').map(readStroke)
  const isInside = ink.every((stroke) => stroke.every(isOnGrid))
  return isInside && lengthOf(ink) >= INK_LEAST_DOTS ? ink : null
}

function readStroke(text: string): readonly Point[] {
  const numbers = Array.from(text, (character) => DIGITS.indexOf(character))
  const at = (index: number): number => numbers[index] ?? Number.NaN
  let x = at(0) * 64 + at(1)
  let y = at(2) * 64 + at(3)
  const points: Point[] = [[x, y]]
  for (let index = 4; index < numbers.length; index += 2) {
    x += at(index) - STEP
    y += at(index + 1) - STEP
    points.push([x, y])
  }
  return points
}

/** Dots along the strokes. */
export function lengthOf(ink: Ink): number {
  return ink.reduce((sum, stroke) => sum + strokeLength(stroke), 0)
}

function strokeLength(stroke: readonly Point[]): number {
  return stroke.reduce((sum, [x, y], index) => {
    const [fromX, fromY] = stroke[index - 1] ?? [x, y]
    return sum + Math.hypot(x - fromX, y - fromY)
  }, 0)
}

function isOnGrid([x, y]: Point): boolean {
  return x >= 0 && x < INK_WIDTH && y >= 0 && y < INK_HEIGHT
}

function wide(value: number): string {
  return digit(Math.floor(value / 64)) + digit(value % 64)
}

function digit(value: number): string {
  return DIGITS[value] ?? ''
}
