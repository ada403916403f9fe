/** What an approved void, refund or completion does to the record that it is about. */
import { minor } from '../money.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Attempt } from '../transaction/attempt.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { isElsewhere } from './elsewhere-id.ts'

/** The state with the original as it stands now, and the original to be kept; null when there is none in this journal. */
export function markOriginal(
  state: TerminalState,
  attempt: Attempt,
  record: TransactionRecord,
): { readonly state: TerminalState; readonly original: TransactionRecord | null } {
  const chosen = attempt.order.original
  if (chosen === undefined || isElsewhere(chosen)) return { state, original: null }
  const original = marked(newest(state, chosen), record)
  const recent = state.recent.map((one) => (one.id === original.id ? original : one))
  return { state: { ...state, recent }, original }
}

/** The record may have changed since it was chosen (a reprint counts on it): the copy at hand is the newer one. */
export function newest(state: TerminalState, chosen: TransactionRecord): TransactionRecord {
  return state.recent.find((one) => one.id === chosen.id) ?? chosen
}

function marked(original: TransactionRecord, record: TransactionRecord): TransactionRecord {
  if (record.kind === 'refund')
    return { ...original, refundedMinor: minor(original.refundedMinor + record.paidMinor) }
  return { ...original, closedBy: record.id }
}
