/** Bugs in numbers, batches, papers, pages and the loop itself. */
import type { Bug } from './bug.ts'

const NUMBERS: readonly Bug[] = [
  {
    what: 'the trace number stays the same',
    find: 'state: counted(state, { ...state.counters, stan: following })',
    put: 'state',
  },
  {
    what: 'the trace number is made from the clock, which may go back',
    find: 'const stan = state.counters.stan\n',
    put: 'const stan = 1 + (Math.floor(state.at / 1000) % LAST_STAN)\n',
  },
  {
    what: 'an older batch number is taken from the host',
    find: 'const batch = Math.max(state.counters.batch, offered > LAST_BATCH ? 0 : offered)',
    put: 'const batch = offered > 0 && offered <= LAST_BATCH ? offered : state.counters.batch',
  },
]

const BATCHES: readonly Bug[] = [
  {
    what: 'the batch number moves twice',
    find: 'batch >= LAST_BATCH ? 1 : batch + 1',
    put: 'batch >= LAST_BATCH ? 1 : batch + 2',
  },
  {
    what: 'a closed batch keeps its log',
    find: 'counters, settlement: null, inBatch: 0, unsettled: undefined }',
    put: 'counters, settlement: null, unsettled: undefined }',
  },
  {
    what: 'the batch is closed while a refund is in doubt',
    find: "if (state.advice !== null) return message('settle.refundOpen')",
    put: '',
  },
  {
    what: 'the batch is closed while a reversal is owed',
    find: "if (state.reversal !== null) return message('settle.reversalOwed')",
    put: '',
  },
  {
    what: 'a sale begins while the batch is being closed',
    find: "if (state.settlement !== null) return message('settle.unfinished')\n  if (state.inBatch",
    put: 'if (state.inBatch',
  },
  {
    what: 'what a batch held when the acquirer named the next one is in no total',
    find: 'const earlier = openBatches(state).slice(0, -1)',
    put: 'const earlier: readonly string[] = []',
  },
  {
    what: 'the totals leave out what went back',
    find: 'return records.filter(countsInBatch).map(',
    put: "return records.filter((record) => countsInBatch(record) && record.kind !== 'refund').map(",
  },
  {
    what: 'the totals count a void as money that came in',
    find: "return kind === 'sale' || kind === 'completion'",
    put: "return kind === 'sale' || kind === 'completion' || kind === 'void'",
  },
]

const PAPERS: readonly Bug[] = [
  {
    what: 'a slip that may be on paper is printed again by itself after a power cut',
    find: "wakes: (job) => ({ ...job, state: 'unsure' })",
    put: "wakes: (job) => ({ ...job, state: 'queued' })",
  },
  {
    what: 'slips that wait are forgotten with the power',
    find: 'const tried = withTestSlip({ ...woken, slips }',
    put: "const tried = withTestSlip({ ...woken, slips: slips.filter((job) => job.state !== 'queued') }",
  },
  {
    what: 'a slip of which nobody knows counts as printed',
    find: "setJob(state, job, 'unsure')",
    put: "setJob(state, job, 'printed')",
  },
  {
    what: 'a slip that was cut off counts as printed',
    find: "setJob(state, withPartAbove(markLate(job)), 'owed')",
    put: "setJob(state, job, 'printed')",
  },
  {
    what: 'two slips go to the printer at once',
    find: "if (state.slips.some((job) => job.state === 'printing')) return stay(state)\n",
    put: '',
  },
  {
    what: 'a reprint looks like the original',
    find: "const mark: SlipMark = { kind: 'reprint', number }",
    put: "const mark: SlipMark = number > 0 ? { kind: 'original' } : { kind: 'reprint', number }",
  },
  {
    what: 'a second paper after a broken one looks like the first',
    find: "return { ...job, slip: { ...job.slip, mark: { kind: 'late' } } }",
    put: 'return job',
  },
]

const LOOP: readonly Bug[] = [
  {
    what: 'effects are performed before the journal has them',
    find: 'if (durable && !commit(decision.effects)) return\n    for (const effect of decision.effects) parts.perform(effect)',
    put: 'for (const effect of decision.effects) parts.perform(effect)\n    if (durable && !commit(decision.effects)) return',
  },
  {
    what: 'the outcome is shown before the journal has it',
    find: 'if (durable && !commit(decision.effects)) return\n',
    put: 'if (durable) parts.publish(state)\n    if (durable && !commit(decision.effects)) return\n',
  },
  {
    what: 'a tap counts on whatever page is shown',
    find: "return page === pageName(state) ? act() : refuse(state, 'stalePage')",
    put: "return page === '' ? refuse(state, 'stalePage') : act()",
  },
  {
    what: 'the secrets of a refused card stay in memory',
    find: "        ...lastWord,\n        { do: 'forgetTender', handle: handleOf(attempt.tender) },\n",
    put: '        ...lastWord,\n',
  },
]

export const SHOP_BUGS: readonly Bug[] = [...NUMBERS, ...BATCHES, ...PAPERS, ...LOOP]
