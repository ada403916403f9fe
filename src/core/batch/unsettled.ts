/**
 * Batches that the acquirer has ended by naming a newer number at a sign-on, before anybody settled here. Their payments stay in the sums of the
 * shop until the next settlement, and are named apart there; to the acquirer, whose books of them are closed, no total or line of them goes again.
 */
import { sixDigits } from '../terminal/counters.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { countsInBatch, type TransactionRecord } from '../transaction/record.ts'
import { type BatchLine, batchLines } from './batch.ts'

/** The number that counts from now on. What lies in the one before is not forgotten with it. */
export function nextBatch(state: TerminalState, batch: number): TerminalState {
  const { counters, inBatch, settlement, unsettled = [] } = state
  if (batch === counters.batch) return state
  const left = sixDigits(counters.batch)
  const count = inBatch - unsettled.reduce((sum, one) => sum + one.count, 0)
  const counted = {
    ...state,
    counters: { ...counters, batch },
    unsettled: count > 0 ? [...unsettled, { batch: left, count }] : state.unsettled,
  }
  return settlement === null ? relabelled(counted, left, sixDigits(batch)) : counted
}

/** The log with this record. An answer may come when the number has changed since its request left: then it lies in the batch before. */
export function withCounted(
  state: TerminalState,
  record: TransactionRecord,
): Pick<TerminalState, 'inBatch' | 'unsettled'> {
  const { counters, inBatch, unsettled } = state
  if (!countsInBatch(record)) return { inBatch, unsettled }
  const { batch } = record
  const counted = inBatch + 1
  if (batch === sixDigits(counters.batch)) return { inBatch: counted, unsettled }
  const left = unsettled ?? []
  const isKnown = left.some((one) => one.batch === batch)
  const more = left.map((one) => (one.batch === batch ? { batch, count: one.count + 1 } : one))
  return { inBatch: counted, unsettled: isKnown ? more : [...left, { batch, count: 1 }] }
}

/**
 * The totals were refused although a sign-on had named the newer number before: under the old one they would be refused again and again. Only then,
 * because a host whose answer was lost may have compared them and moved on by that.
 */
export function underNewNumber(state: TerminalState): TerminalState {
  const { counters, settlement } = state
  const batch = sixDigits(counters.batch)
  return settlement?.phase === 'totals' && settlement.batch !== batch
    ? relabelled(state, settlement.batch, batch)
    : state
}

/** A batch that is not closed after all. A sign-on in between may have named the next number: what was keyed for it goes on under that one. */
export function reopened(state: TerminalState): TerminalState {
  const { counters, settlement } = state
  const batch = sixDigits(counters.batch)
  const open = { ...state, settlement: null }
  return settlement === null || settlement.batch === batch
    ? open
    : relabelled(open, settlement.batch, batch)
}

/** What somebody looks at, has keyed or has begun to close is settled under the new number. */
function relabelled(state: TerminalState, left: string, batch: string): TerminalState {
  const { settlement, shopTotals, step } = state
  return {
    ...state,
    step: linesOf(step, left, batch),
    settlement:
      settlement === null
        ? null
        : { ...settlement, batch, lines: leftBehind(settlement.lines, left) },
    shopTotals: shopTotals?.map((one) => (one.batch === left ? { ...one, batch } : one)),
  }
}

function linesOf(step: Step, left: string, batch: string): Step {
  if (step.kind === 'totals')
    return { ...step, batch, lines: step.lines === null ? null : leftBehind(step.lines, left) }
  return step.kind === 'reviewRefunds' || step.kind === 'approveBatch'
    ? { ...step, lines: leftBehind(step.lines, left) }
    : step
}

function leftBehind(lines: readonly BatchLine[], left: string): readonly BatchLine[] {
  return lines.map((line) => (line.batch === undefined ? { ...line, batch: left } : line))
}

/** What the next settlement closes for the shop, oldest first; the last is the present one. */
export function openBatches({ counters, unsettled = [] }: TerminalState): readonly string[] {
  return [...unsettled.map(({ batch }) => batch), sixDigits(counters.batch)]
}

/** `earlier` and `batch` as the effect names them; `recordsOf`: of one batch, oldest first. */
export function gatheredLines(
  { batch, earlier = [] }: { readonly batch: string; readonly earlier?: readonly string[] },
  recordsOf: (batch: string) => readonly TransactionRecord[],
): readonly BatchLine[] {
  const left = earlier.flatMap((of) => leftBehind(batchLines(recordsOf(of)), of))
  return [...left, ...batchLines(recordsOf(batch))]
}
