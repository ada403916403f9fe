/** A settlement goes on where it was, behind the sign-on: a message whose answer is lost may be asked again, under a new number. */
import { message } from '../../message.ts'
import type { TerminalState } from '../state.ts'
import type { Debt, Row, StateTable } from './row.ts'
import { goesWithSettlement } from './signature-rows.ts'

const BATCH: Debt = { effect: 'sendBatch', after: 'signedOn' }

export const BATCH_ROWS: StateTable = {
  item: 'settlement',
  rows: [
    { name: 'none', matches: ({ settlement }) => settlement === null, owes: [] },
    owing('waiting for signatures', goesWithSettlement, [
      { effect: 'sendSignature', after: 'signedOn' },
      BATCH,
    ]),
    owing(
      'waiting for its next message',
      (state) => state.settlement?.out === '' && !goesWithSettlement(state),
      [BATCH],
    ),
    owing('a message out, its answer lost', ({ settlement }) => (settlement?.out ?? '') !== '', [
      BATCH,
    ]),
  ],
}

function owing(
  name: string,
  matches: (state: TerminalState) => boolean,
  owes: readonly Debt[],
): Row<TerminalState> {
  return {
    name,
    matches,
    wakes: (state) => ({
      ...state,
      settlement: state.settlement && { ...state.settlement, out: '' },
    }),
    tells: () => message('settle.interrupted'),
    owes,
  }
}
