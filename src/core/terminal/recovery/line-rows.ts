/** The line after a start: chores that were under way are due again, and the sign-on waits for nothing but a reversal that can go first. */
import { DOWNLOADS } from '../../link/chore.ts'
import { signOn } from '../../link/decide.ts'
import { upkeepOf } from '../../link/upkeep.ts'
import type { TerminalState } from '../state.ts'
import type { StateTable } from './row.ts'

export const DOWNLOAD_ROWS: StateTable = {
  item: 'download',
  rows: [
    {
      name: 'none under way',
      matches: (state) => !isFetching(state),
      owes: [],
    },
    {
      name: 'under way, its end lost',
      matches: isFetching,
      owes: [{ effect: 'download', after: 'signedOn' }],
    },
  ],
}

/** `keysReady` is that of the start, not of the disk: the key store says whether a MAC can be made. */
export const LINE_ROWS: StateTable = {
  item: 'line',
  rows: [
    {
      name: 'a reversal can go first',
      matches: ({ reversal, keysReady }) => reversal !== null && keysReady,
      owes: [{ effect: 'signOn', after: 'reversalOver' }],
    },
    {
      name: 'nothing to reverse, or no MAC key to do it with',
      matches: ({ reversal, keysReady }) => reversal === null || !keysReady,
      owes: [{ effect: 'signOn', after: 'start' }],
      leaves: signOn,
    },
  ],
}

function isFetching(state: TerminalState): boolean {
  const { running } = upkeepOf(state)
  return DOWNLOADS.some((name) => name === running)
}
