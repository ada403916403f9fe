/** What every piece of the simulated world is given. */
import type { EventBody } from '#core/terminal/event.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** Says something to one life of the terminal's process; when that life is over, nobody hears it. */
export type Tell = (event: EventBody) => void

export type WorldParts = {
  readonly timeline: Timeline
  readonly random: Random
  readonly faults: Faults
  /** Speaks to whichever process lives when it is called. */
  readonly voice: () => Tell
}
