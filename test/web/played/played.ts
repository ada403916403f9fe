/** The whole shop, played from the first switch-on to the settlement. */
import { AROUND } from './around.ts'
import { DAY_END } from './day-end.ts'
import { GOING_BACK } from './going-back.ts'
import { HOLDS } from './holds.ts'
import { SELLING } from './selling.ts'
import type { Played } from './stage.ts'

export const PLAYED: readonly Played[] = [
  ...AROUND,
  ...SELLING,
  ...GOING_BACK,
  ...HOLDS,
  ...DAY_END,
]
