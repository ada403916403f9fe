/** Signatures for the acquirer after a start: one that had left may have arrived, and the acquirer knows it by its number when it comes again. */
import { dueNow, isWaiting, uploads, withUploads } from '../../signature/upload-queue.ts'
import type { TerminalState } from '../state.ts'
import type { StateTable } from './row.ts'

export const SIGNATURE_ROWS: StateTable = {
  item: 'signature for the acquirer',
  rows: [
    {
      name: 'none to be sent',
      matches: (state) => !isWaiting(state),
      owes: [],
    },
    {
      name: 'to be sent',
      matches: (state) => isWaiting(state) && isTaken(state) && !goesWithSettlement(state),
      // The timer of a pause went with the power.
      wakes: dueNow,
      owes: [{ effect: 'sendSignature', after: 'signedOn' }],
    },
    {
      name: 'to be sent: see settlement',
      matches: goesWithSettlement,
      wakes: dueNow,
      owes: [],
    },
    {
      name: 'to be sent, and the acquirer is set up to take none',
      matches: (state) => isWaiting(state) && !isTaken(state),
      wakes: leftToPeople,
      owes: [],
    },
  ],
}

/** The settlement had begun, and waits for them. */
export function goesWithSettlement(state: TerminalState): boolean {
  return state.settlement?.phase === 'signatures' && isWaiting(state) && isTaken(state)
}

function isTaken({ setup }: TerminalState): boolean {
  return setup.host.signatureUpload !== undefined
}

function leftToPeople(state: TerminalState): TerminalState {
  return withUploads(
    state,
    uploads(state).map((one) => ({
      ...one,
      pauses: one.pauses + 1,
      givenUp: one.givenUp ?? { code: '' },
    })),
  )
}
