/** An armed reversal on disk means that a request may have left; whatever became of its answer, the outcome is unknown and is taken back. */
import { owedMessage, sendOwed } from '../../reversal/decide.ts'
import type { Reversal, ReversalReason } from '../../reversal/reversal.ts'
import type { TerminalState } from '../state.ts'
import type { Row, StateTable } from './row.ts'

export const REVERSAL_ROWS: StateTable = {
  item: 'reversal',
  rows: [
    { name: 'none', matches: ({ reversal }) => reversal === null, owes: [] },
    owing('armed, no answer known', (state) => isArmed(state) && !hadAnswer(state)),
    // 96: the terminal cannot finish what the host has approved (unionpay-8583 section 6).
    owing('armed, the host had approved', (state) => isArmed(state) && hadAnswer(state), '96'),
    owing('owed', ({ reversal }) => reversal?.state === 'owed'),
    owing('sent, its answer lost', ({ reversal }) => reversal?.state === 'sent'),
  ],
}

function owing(
  name: string,
  matches: (state: TerminalState) => boolean,
  reason?: ReversalReason,
): Row<TerminalState> {
  return {
    name,
    matches,
    wakes: (state) => {
      if (state.reversal === null) return state
      const why = reason ?? state.reversal.reason
      const reversal: Reversal = { ...state.reversal, state: 'owed', reason: why }
      return { ...state, reversal }
    },
    tells: ({ reversal }) => (reversal === null ? null : owedMessage(reversal)),
    owes: [{ effect: 'sendReversal', after: 'keys' }],
    leaves: sendOwed,
  }
}

function isArmed({ reversal }: TerminalState): boolean {
  return reversal?.state === 'armed'
}

function hadAnswer({ step }: TerminalState): boolean {
  return step.kind === 'completing'
}
