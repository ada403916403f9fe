/** A drill in the life of the shop: the terminal rests for it, and comes back with the money, the debts and the numbers that it had. */
import { stateForDrill } from '#core/drill/state-for-drill.ts'
import { isOpen } from '#core/receipt/slip-job.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { breach } from './interruptions.ts'
import type { Process } from './process.ts'
import type { Timeline } from './timeline.ts'

export type DrillHall = {
  /** The terminal has decided that a drill begins. `live`: as it lies on the disk. */
  readonly begins: (live: TerminalState | null) => void
  /** The terminal has come back, from the drill or because the power went before it. */
  readonly cameBack: () => void
}

export function createDrillHall(timeline: Timeline, process: () => Process): DrillHall {
  let resting: TerminalState | null = null
  return {
    begins: (live) => {
      if (live === null) return breach('a drill began and the disk knows nothing of it')
      const { advice, reversal, settlement, slips } = live
      if (reversal !== null || advice !== null || settlement !== null)
        breach('a drill began while something is owed to the acquirer')
      if (slips.some(isOpen)) breach('a drill began while a slip is open')
      if (moneyOf(stateForDrill(live)) !== moneyOf(initialState()))
        breach('a drill began with money of the shop')
      timeline.after(0, () => {
        resting = live
        process().powerOff()
      })
    },
    cameBack: () => {
      if (resting === null) return
      const before = moneyOf(resting)
      resting = null
      process().voice()({ type: 'drillEnded', why: 'ended', tries: [] })
      const now = process().state()
      if (now !== null && moneyOf(now) !== before) breach('a drill has moved money of the shop')
    },
  }
}

/** What a drill must neither see nor change. The clock of a start is another one, and so are the pages. */
function moneyOf(state: TerminalState): string {
  const { advice, counters, inBatch, recent, reversal, settlement, usedCodes } = state
  const { batch, order } = counters
  return JSON.stringify({ advice, batch, inBatch, order, recent, reversal, settlement, usedCodes })
}
