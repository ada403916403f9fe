/**
 * An armed reversal on disk means that a request may have left; whatever became of its answer, the outcome is unknown and is taken back. Of
 * a code payment the acquirer is asked first, where it can be.
 */
import { askNow } from '../../code-query/queue.ts'
import { owedMessage, sendOwed } from '../../reversal/decide.ts'
import type { Reversal, ReversalReason } from '../../reversal/reversal.ts'
import type { TerminalState } from '../state.ts'
import type { Row, StateTable } from './row.ts'

export const REVERSAL_ROWS: StateTable = {
  item: 'reversal',
  rows: [
    { name: 'none', matches: ({ reversal }) => reversal === null, owes: [] },
    owing(
      'armed, no answer known',
      (state) => isArmed(state) && !hadAnswer(state) && !mayAsk(state),
    ),
    asking(
      'armed, a code payment',
      (state) => isArmed(state) && !hadAnswer(state) && mayAsk(state),
    ),
    asking(
      'a code payment asked about',
      (state) => state.reversal?.state === 'asking' && mayAsk(state),
    ),
    owing(
      'a code payment asked about, and no way to ask any more',
      (state) => state.reversal?.state === 'asking' && !mayAsk(state),
    ),
    // 96: the terminal cannot finish what the host has approved.
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
    wakes: (state) => ({ ...state, reversal: state.reversal && owedFor(state.reversal, reason) }),
    tells: ({ reversal }) => reversal && owedMessage(owedFor(reversal, reason)),
    owes: [{ effect: 'sendReversal', after: 'keys' }],
    leaves: sendOwed,
  }
}

function owedFor(owed: Reversal, reason = owed.reason): Reversal {
  const { query } = owed
  const asked = query === undefined ? {} : { query: { ...query, out: '' } }
  return { ...owed, state: 'owed', reason, ...asked }
}

/** The question that may have been out is asked again, under a new number. */
function asking(name: string, matches: (state: TerminalState) => boolean): Row<TerminalState> {
  return {
    name,
    matches,
    wakes: (state, { step }) => {
      const { reversal } = state
      if (reversal?.query === undefined) return state
      const cancelAsked =
        reversal.query.cancelAsked || (step.kind === 'authorizing' && step.cancelAsked)
      const query = { ...reversal.query, out: '', cancelAsked }
      return { ...state, reversal: { ...reversal, state: 'asking', query } }
    },
    tells: ({ reversal }) => reversal && owedMessage({ ...reversal, state: 'asking' }),
    owes: [{ effect: 'sendQuery', after: 'keys' }],
    leaves: askNow,
  }
}

/** The configuration may have changed since: whoever cannot be asked any more is not waited for. */
function mayAsk({ reversal, setup }: TerminalState): boolean {
  return reversal?.query !== undefined && setup.host.codeQuery !== undefined
}

function isArmed({ reversal }: TerminalState): boolean {
  return reversal?.state === 'armed'
}

function hadAnswer({ step }: TerminalState): boolean {
  return step.kind === 'completing'
}
