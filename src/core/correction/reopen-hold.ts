/**
 * A hold is used up by its completion. Once that completion is voided the hold stands as before: it is completed anew, or released, so that neither the
 * shop's money nor the customer's is forgotten. It may be older than the last transactions, so the journal is asked for it.
 */
import { type Decision, pageName, refuse, stay } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { type Attempt, kindOf } from '../transaction/attempt.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { isElsewhere } from './elsewhere-id.ts'
import { newest } from './mark-original.ts'

/** The page of a void of a completion stays, and the journal is asked for the hold. */
export function askHold(state: TerminalState): Decision {
  const { step } = state
  if (step.kind !== 'confirmAmount' || kindOf(step.order) !== 'completionVoid') return stay(state)
  const record = step.order.original?.original ?? ''
  // Of a hold of another terminal nothing is kept here.
  if (record === '' || isElsewhere({ id: record })) return stay(state)
  const wish = { by: 'record', record } as const
  return stay(state, [{ do: 'searchRecords', page: pageName(state), wish }])
}

/** The journal has told. */
export function onHoldFound(
  state: TerminalState,
  step: Extract<Step, { kind: 'confirmAmount' }>,
  records: readonly TransactionRecord[],
): Decision {
  const hold = records.find(({ id }) => id === step.order.original?.original)
  if (hold === undefined || kindOf(step.order) !== 'completionVoid')
    return refuse(state, 'notAskedFor')
  return stay({ ...state, step: { ...step, order: { ...step.order, hold } } })
}

/** Part of the commit that books the void. Null: nothing is to be kept besides. */
export function reopenHold(
  state: TerminalState,
  { order }: Attempt,
): { readonly state: TerminalState; readonly hold: TransactionRecord | null } {
  if (order.hold === undefined) return { state, hold: null }
  const found = newest(state, order.hold)
  if (found.closedBy !== order.original?.id) return { state, hold: null }
  const hold = { ...found, closedBy: '' }
  const recent = state.recent.map((one) => (one.id === hold.id ? hold : one))
  return { state: { ...state, recent }, hold }
}
