/**
 * Batches that the acquirer has ended by naming a newer number at a sign-on, before anybody settled here. Their payments stay in the sums of the
 * shop until the next settlement, and are named apart there; to the acquirer, whose books of them are closed, no total or line of them goes again.
 */
import { sixDigits } from '../terminal/counters.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { type BatchLine, batchLines } from './batch.ts'

/** The number that counts from now on. What lies in the one before is not forgotten with it. */
export function nextBatch(state: TerminalState, batch: number): TerminalState {
  const counters = { ...state.counters, batch }
  const { unsettled = [] } = state
  const count = state.inBatch - unsettled.reduce((sum, one) => sum + one.count, 0)
  if (batch === state.counters.batch || count <= 0) return { ...state, counters }
  const left = sixDigits(state.counters.batch)
  return {
    ...state,
    counters,
    unsettled: [...unsettled, { batch: left, count }],
    step: relabelled(state.step, left, sixDigits(batch)),
    // What is being closed keeps its number, and so does the shop's total of it.
    shopTotals:
      state.settlement === null
        ? state.shopTotals?.map((one) =>
            one.batch === left ? { ...one, batch: sixDigits(batch) } : one,
          )
        : state.shopTotals,
  }
}

/** Lines that somebody looks at before they are settled under the new number. */
function relabelled(step: Step, left: string, batch: string): Step {
  const of = (lines: readonly BatchLine[]) =>
    lines.map((line) => (line.batch === undefined ? { ...line, batch: left } : line))
  if (step.kind === 'totals')
    return { ...step, batch, lines: step.lines === null ? null : of(step.lines) }
  return step.kind === 'reviewRefunds' || step.kind === 'approveBatch'
    ? { ...step, lines: of(step.lines) }
    : step
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
  const linesOf = (of: string) => batchLines(recordsOf(of))
  const left = earlier.flatMap((of) => linesOf(of).map((line) => ({ ...line, batch: of })))
  return [...left, ...linesOf(batch)]
}
