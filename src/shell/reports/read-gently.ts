/** Reads a report beside a terminal that sells: a few milliseconds at a time, so that no key and no answer has to wait for it. */
import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import type { ExceptionCount } from '#core/batch/exception-count.ts'
import { summaryOf } from '#core/report/summary.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { DaySpan } from './day-span.ts'
import { type DayReport, readDay } from './read-day.ts'

/** A screen is drawn sixty times a second; half of that for the report. */
const SLICE_MS = 8
/** What was noted before the first payment of a batch ended: its amount, its codes. */
const BEFORE_FIRST_MS = 600_000

type Gently = {
  /** Of this one alone. */
  readonly batch?: string
  /** Runs on steadily, in milliseconds. */
  readonly now?: () => number
}

/** Rejects when the journal cannot be read. */
export async function readGently(
  journal: string,
  span: DaySpan,
  { batch, now = () => performance.now() }: Gently = {},
): Promise<DayReport> {
  const reading = readDay(journal, span, batch)
  for (let until = now() + SLICE_MS; ; ) {
    const step = reading.next()
    if (step.done === true) return step.value
    if (now() < until) continue
    await turn()
    until = now() + SLICE_MS
  }
}

/** The exceptions of an open batch in short; `records` are those of the batch, oldest first. */
export async function countExceptions(
  journal: string,
  batch: string,
  records: readonly TransactionRecord[],
): Promise<readonly ExceptionCount[]> {
  const [first] = records
  if (first === undefined) return []
  const span = { day: '', fromMs: first.at - BEFORE_FIRST_MS, toMs: Number.MAX_SAFE_INTEGER }
  const { exceptions } = await readGently(journal, span, { batch })
  return summaryOf(exceptions)
}
