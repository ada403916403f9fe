/** What an approved void, refund or completion does to the record that it is about. */
import { minor } from '../money.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { Attempt } from '../transaction/attempt.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { Mended } from './collected.ts'
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
  return { state: { ...state, recent, step: withNewer(state.step, original) }, original }
}

/** A page that shows the record holds a copy of its own: an answer that comes meanwhile must not leave an old sum there to be refunded from. */
function withNewer(step: Step, original: TransactionRecord): Step {
  const newer = (one: TransactionRecord): TransactionRecord =>
    one.id === original.id ? original : one
  if (step.kind === 'findOriginal' && step.found !== undefined)
    return { ...step, found: newer(step.found) }
  if (step.kind === 'records' && step.found !== undefined)
    return { ...step, found: step.found.map(newer) }
  if (step.kind === 'whatWasWrong')
    return { ...step, original: newer(step.original), ...newerCollected(step, newer) }
  if (step.kind === 'proveReprint') return { ...step, record: newer(step.record) }
  const isAbout = step.kind === 'enterAmount' || step.kind === 'incident'
  if (!isAbout || step.original === null) return step
  const told = step.kind === 'enterAmount' ? newerCollected(step, newer) : {}
  return { ...step, original: newer(step.original), ...told }
}

function newerCollected(
  { collected }: Pick<Mended, 'collected'>,
  newer: (one: TransactionRecord) => TransactionRecord,
): Pick<Mended, 'collected'> {
  return collected === undefined ? {} : { collected: collected.map(newer) }
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
