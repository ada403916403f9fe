/**
 * What was collected after a payment: whoever mends the same payment a second time must not ask for the difference a second time. What
 * followed one of the last transactions is one of them too; of an older one the journal tells.
 */
import { type MinorUnits, minor } from '../money.ts'
import { type Decision, pageName, refuse, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'

/** A payment that is being mended, and what the journal told of it; absent: it was not asked, or has not told yet. */
export type Mended = {
  readonly original: TransactionRecord
  readonly collected?: readonly TransactionRecord[]
}

/** Sales that were collected after it, and after those. Null: unknown. */
function collectedAfter(
  state: TerminalState,
  { collected, original }: Mended,
): ReadonlyMap<string, TransactionRecord> | null {
  if (collected === undefined && isOld(state, original)) return null
  const after = new Map<string, TransactionRecord>()
  for (const record of [...(collected ?? []), ...state.recent]) {
    const { follows = '', kind, outcome } = record
    if (
      (follows === original.id || after.has(follows)) &&
      kind === 'sale' &&
      outcome === 'approved'
    )
      after.set(record.id, record)
  }
  return after
}

/** What is still there of them. Null: unknown. */
export function collectedMinor(state: TerminalState, mended: Mended): MinorUnits | null {
  const after = collectedAfter(state, mended)
  if (after === null) return null
  return minor([...after.values()].reduce((sum, one) => sum + remainingMinor(one), 0))
}

/** A code payment of what is to be collected after it has no answer: it may be paid, and nobody knows what the shop has for it. */
export function isBeingCollected(state: TerminalState, mended: Mended): boolean {
  const paysAfter = state.reversal?.query?.attempt.order.follows?.after
  if (paysAfter === undefined) return false
  return paysAfter === mended.original.id || collectedAfter(state, mended)?.has(paysAfter) === true
}

/** What the shop has for it: paid, less what went back of it, and what was collected after it. Null: unknown. */
export function heldMinor(state: TerminalState, mended: Mended): MinorUnits | null {
  const { paidMinor, refundedMinor } = mended.original
  const after = collectedMinor(state, mended)
  return after === null ? null : minor(paidMinor - refundedMinor + after)
}

function isOld({ recent }: TerminalState, { id }: TransactionRecord): boolean {
  return !recent.some((one) => one.id === id)
}

/** The page stays, and the journal is asked what followed, where nothing else tells. */
export function askCollected(state: TerminalState, original: TransactionRecord): Decision {
  if (!isOld(state, original)) return stay(state)
  const wish = { by: 'follows', record: original.id } as const
  const effect: Effect = { do: 'searchRecords', page: pageName(state), wish }
  return stay(state, [effect])
}

/** The journal has told. */
export function onCollectedFound(
  state: TerminalState,
  step: Extract<Step, { kind: 'whatWasWrong' | 'enterAmount' }>,
  collected: readonly TransactionRecord[],
): Decision {
  if (step.kind === 'enterAmount' && step.correcting !== true) return refuse(state, 'notAskedFor')
  return stay({ ...state, step: { ...step, collected } })
}
