/** Which slips somebody is still owed: what is reminded of, shown before signing out, and stands on the open list is this one count. */
import type { TerminalState } from '../terminal/state.ts'
import type { SlipJob } from './slip-job.ts'

/**
 * Slips that could not be printed, that need a person's word, and those that have not begun because the printer is in trouble: with a sound
 * printer a queued slip is only on its way.
 */
export function owedSlips(state: TerminalState): readonly SlipJob[] {
  return state.slips.filter((job) => {
    switch (job.state) {
      case 'owed':
      case 'unsure':
        return true
      case 'queued':
        return state.devices.printer.troubles.length > 0
      case 'printing':
      case 'awaitingTear':
      case 'printed':
      case 'waived':
        return false
    }
  })
}
