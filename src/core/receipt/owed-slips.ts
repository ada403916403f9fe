/** Which slips somebody is still owed: what is reminded of, shown before signing out, and stands on the open list is this one count. */
import type { TerminalState } from '../terminal/state.ts'
import type { SlipJob, SlipJobState } from './slip-job.ts'

/**
 * Slips that could not be printed, that need a person's word, and those that have not begun because the printer is in trouble: with a sound
 * printer a queued slip is only on its way.
 */
export function owedSlips({ devices, slips }: TerminalState): readonly SlipJob[] {
  const isOwed: Readonly<Record<SlipJobState, boolean>> = {
    owed: true,
    unsure: true,
    queued: devices.printer.troubles.length > 0,
    printing: false,
    awaitingTear: false,
    printed: false,
    waived: false,
  }
  return slips.filter(({ state }) => isOwed[state])
}
