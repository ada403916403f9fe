/**
 * The feature code behind a signature, so faint that the name stays readable and so much a part of the picture that it cannot be put to
 * another payment: single dots, four apart, in the shape of eight characters.
 */
import { type Dots, setDot } from './dots.ts'

/** Seven rows of five dots for each hex digit, from the top; the highest of five bits is on the left. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [28, 18, 17, 17, 17, 18, 28],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
}
const COLUMNS = 5
const ROWS = 7
/** Dots from dot to dot, and columns from character to character. */
const PITCH = 4
const ADVANCE = 7

/** Draws it into the middle of `dots`. What is no hex digit is left out. */
export function drawCode(dots: Dots, code: string): void {
  const width = (code.length * ADVANCE - (ADVANCE - COLUMNS)) * PITCH
  const left = Math.floor((dots.width - width) / 2)
  const top = Math.floor((dots.height - ROWS * PITCH) / 2)
  for (const [at, character] of Array.from(code).entries())
    for (const [row, bits] of (GLYPHS[character] ?? []).entries())
      for (let column = 0; column < COLUMNS; column += 1)
        if ((bits >> (COLUMNS - 1 - column)) & 1)
          setDot(dots, [left + (at * ADVANCE + column) * PITCH, top + row * PITCH])
}
