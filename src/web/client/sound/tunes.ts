/** The notes of each sound: no two may be taken for each other, also by somebody who hears badly. */
import type { Sound } from './sound-of.ts'

/** Frequency in hertz, start and length in milliseconds. */
export type Note = readonly [hertz: number, atMs: number, forMs: number]

export const NOTES: Readonly<Record<Sound, readonly Note[]>> = {
  key: [[1400, 0, 20]],
  refused: [[220, 0, 80]],
  confirmed: [
    [660, 0, 80],
    [880, 90, 100],
  ],
  read: [[1000, 0, 120]],
  success: [
    [660, 0, 110],
    [880, 120, 110],
    [1100, 240, 180],
  ],
  fail: [
    [520, 0, 160],
    [390, 170, 160],
    [290, 340, 240],
  ],
  unknown: [
    [500, 0, 140],
    [700, 150, 140],
    [500, 300, 140],
    [700, 450, 140],
  ],
  refunded: [
    [880, 0, 220],
    [587, 240, 220],
    [880, 480, 320],
  ],
  attention: [
    [330, 0, 180],
    [330, 260, 180],
  ],
}
