/** Script notices after a start: one that had left may have arrived, and another with the same number harms nobody. */
import type { TerminalState } from '../state.ts'
import type { StateTable } from './row.ts'

export const NOTICE_ROWS: StateTable = {
  item: 'script notice',
  rows: [
    {
      name: 'none to be told',
      matches: (state) => !isOwed(state),
      owes: [],
    },
    {
      name: 'to be told',
      matches: isOwed,
      owes: [{ effect: 'sendNotice', after: 'signedOn' }],
    },
  ],
}

function isOwed({ notices = [] }: TerminalState): boolean {
  return notices.length > 0
}
