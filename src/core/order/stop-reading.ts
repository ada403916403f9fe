/** What lets go of reader and scanner when the customer is no longer asked to present. */
import type { Effect } from '../terminal/effect.ts'

export const STOP_READING: readonly Effect[] = [
  { do: 'cancelCardRead' },
  { do: 'disarmScanner' },
  { do: 'stopTimer', timer: 'present' },
  { do: 'stopTimer', timer: 'codes' },
]
