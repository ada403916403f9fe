/** Whether a terminal that is off owes nothing: parameters and keys change only between transactions. */
import type { TerminalState } from '#core/terminal/state.ts'

export type OpenWork = 'attempt' | 'reversal' | 'refund' | 'settlement'

/** What stands open in this state as the journal keeps it; null: nothing. A start of the terminal sees to it. */
export function openWork(state: TerminalState): OpenWork | null {
  if (state.reversal !== null) return 'reversal'
  if (state.advice !== null) return 'refund'
  if (state.settlement !== null) return 'settlement'
  return 'attempt' in state.step ? 'attempt' : null
}
