/** A settlement goes on where it stood: every message of it may be asked again, under a new number. */
import { message } from '../../message.ts'
import type { TerminalState } from '../state.ts'
import type { Row, StateTable } from './row.ts'

export const BATCH_ROWS: StateTable = {
  item: 'settlement',
  rows: [
    { name: 'none', matches: ({ settlement }) => settlement === null, owes: [] },
    owing('waiting for its next message', ({ settlement }) => settlement?.out === ''),
    owing('a message out, its answer lost', ({ settlement }) => (settlement?.out ?? '') !== ''),
  ],
}

function owing(name: string, matches: (state: TerminalState) => boolean): Row<TerminalState> {
  return {
    name,
    matches,
    wakes: (state) =>
      state.settlement === null
        ? state
        : { ...state, settlement: { ...state.settlement, out: '' } },
    tells: () => message('settle.interrupted'),
    owes: [{ effect: 'sendBatch', after: 'signedOn' }],
  }
}
