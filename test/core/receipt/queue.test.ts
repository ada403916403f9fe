/** The queue of slips: what the printer said, and what a person says, about each. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import {
  mayBeTorn,
  onPrintEnded,
  openSlips,
  pumpSlips,
  queueOriginals,
  queueOwed,
  queueSlip,
  releaseTorn,
  reprint,
  settleUnsure,
  waitsForTear,
} from '#core/receipt/decide.ts'
import type { Slip, SlipMark } from '#core/receipt/slip.ts'
import type { SlipJob, SlipJobState } from '#core/receipt/slip-job.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON, SETUP } from '../counter.ts'
import { FACTS, inTrouble, jobOf, OPEN, queueOf, SALE, slipOf } from './queues.ts'

const LATE: SlipMark = { kind: 'late' }
const REPRINT: SlipMark = { kind: 'reprint', number: 1 }
const foreign = (job: SlipJob): SlipJob => ({ ...job, record: 'another' })
const states = ({ slips }: TerminalState) => slips.map(({ state }) => state)
const dos = ({ effects }: ReturnType<typeof pumpSlips>) => effects.map((one) => one.do)

test('the copies of a payment stand in the queue in their order; all but the first wait for the tear', () => {
  const { slips, counters } = queueOriginals(queueOf(), SALE, FACTS)
  expect(slips).toEqual([
    jobOf('0003', 'queued'),
    jobOf('0004', 'awaitingTear', { copy: 'cardholder' }),
  ])
  expect(counters.job).toBe(OPEN.counters.job + 2)
  const drill = { ...queueOf(), setup: { ...SETUP, drill: true } }
  expect(queueOriginals(drill, SALE, FACTS).slips.map(({ slip }) => slip.drill)).toEqual([
    true,
    true,
  ])
})

test('one is at the printer, the oldest that waits, and none while the printer is in trouble or its customer signs', () => {
  const waiting = queueOf(jobOf('A', 'printed'), jobOf('B', 'queued'), jobOf('C', 'queued'))
  const { effects, state } = pumpSlips(waiting)
  expect(effects).toEqual([{ do: 'print', slip: slipOf('B') }])
  expect(states(state)).toEqual(['printed', 'printing', 'queued'])
  expect(pumpSlips(state)).toEqual({ state, effects: [], refused: null })
  expect(dos(pumpSlips(inTrouble(waiting, 'paperOut')))).toEqual([])
  expect(dos(pumpSlips(queueOf(jobOf('A', 'awaitingTear'), jobOf('B', 'owed'))))).toEqual([])
  const wait = { startedAt: NOON, deadlineAt: NOON }
  const { id: record, stan: trace, paidMinor: amountMinor } = SALE
  const shown = { record, trace, amountMinor, type: 'sale', code: '', settlementDate: '' } as const
  const signing = { ...waiting, signing: { ...shown, wait } }
  expect(dos(pumpSlips(signing))).toEqual([])
  const other = foreign(jobOf('D', 'queued'))
  expect(pumpSlips({ ...signing, slips: [...waiting.slips, other] }).effects).toEqual([
    { do: 'print', slip: other.slip },
  ])
})

type Outcome = Parameters<typeof onPrintEnded>[1]['outcome']
const ended = (state: TerminalState, outcome: Outcome, job = 'A') =>
  onPrintEnded(state, { type: 'printEnded', at: NOON, job, outcome })
const noAnswer = { kind: 'notStarted', trouble: 'noAnswer' } as const
const noPaper = { kind: 'notStarted', trouble: 'paperOut' } as const
const brokenOff = { kind: 'interrupted', trouble: 'noAnswer' } as const
const outOfPaper = { kind: 'interrupted', trouble: 'paperOut' } as const
const { afterPart: _none, ...PLAIN } = slipOf('A')
const PART = { afterPart: true } as const
type Row = readonly [string, Outcome, Partial<Slip>, SlipJobState, Partial<Slip>, readonly string[]]

test.each<Row>([
  ['printed', { kind: 'printed', proof: 'processId' }, {}, 'printed', {}, []],
  ['it may be there', { kind: 'unsure' }, {}, 'unsure', {}, []],
  ['it cannot be drawn', { kind: 'notDrawn' }, {}, 'owed', { mark: LATE }, []],
  ['no paper', noPaper, {}, 'owed', { mark: LATE }, []],
  ['silent, and well again', noAnswer, {}, 'printing', { mark: LATE }, ['print']],
  ['silent a second time', noAnswer, { mark: LATE }, 'owed', { mark: LATE }, []],
  ['a copy, silent', noAnswer, { mark: REPRINT }, 'owed', { mark: REPRINT }, []],
  ['out of paper in the middle', outOfPaper, {}, 'owed', { mark: LATE, ...PART }, []],
  ['broken off, and well again', brokenOff, {}, 'printing', { mark: LATE, ...PART }, ['print']],
  ['broken off twice', brokenOff, { mark: LATE, ...PART }, 'unsure', { mark: LATE, ...PART }, []],
])('%s: %j of %j: it is %s', (_what, outcome, before, then, after, does) => {
  const decision = ended(queueOf(jobOf('A', 'printing', before)), outcome)
  expect(decision.state.slips).toEqual([{ ...jobOf('A', then), slip: { ...PLAIN, ...after } }])
  expect(dos(decision)).toEqual(does)
})

test('behind one that cannot be drawn the next goes to the printer', () => {
  const state = queueOf(jobOf('A', 'printing'), jobOf('B', 'queued'))
  const decision = ended(state, { kind: 'notDrawn' })
  expect(states(decision.state)).toEqual(['owed', 'printing'])
  expect(decision.effects).toEqual([{ do: 'print', slip: slipOf('B') }])
})

test('a printer that is still in trouble is not tried again at once', () => {
  const state = inTrouble(queueOf(jobOf('A', 'printing')), 'noAnswer')
  expect(states(ended(state, noAnswer).state)).toEqual(['owed'])
  expect(states(ended(state, brokenOff).state)).toEqual(['owed'])
})

test('what is not at the printer does not end there', () => {
  for (const state of [queueOf(jobOf('A', 'queued')), queueOf(jobOf('B', 'printing'))])
    expect(ended(state, { kind: 'unsure' }).refused).toBe('unknownJob')
})

const FIRST = jobOf('A', 'printing')
const SECOND = jobOf('B', 'awaitingTear', { copy: 'cardholder' })

test('behind a copy that is out the next waits for the tear, with a limit; behind that of another it waits no less', () => {
  const decision = ended(queueOf(FIRST, SECOND), { kind: 'printed', proof: 'processId' })
  expect(decision.effects).toEqual([
    { do: 'startTimer', timer: 'tear', ms: SETUP.slips.tearTimeoutMs },
  ])
  const alone = ended(queueOf(FIRST, jobOf('C', 'queued')), { kind: 'printed', proof: 'processId' })
  expect(dos(alone)).toEqual(['print'])
})

test.each<[SlipJobState, boolean]>([
  ['queued', false],
  ['printing', false],
  ['owed', false],
  ['unsure', false],
  ['printed', true],
  ['waived', true],
])('the copy before it is %s: there is something to tear: %s', (before, is) => {
  const state = queueOf(jobOf('A', before), SECOND)
  expect([waitsForTear(state), mayBeTorn(state, SECOND)]).toEqual([is, is])
  const torn = releaseTorn(state)
  expect(torn.effects[0]).toEqual({ do: 'stopTimer', timer: 'tear' })
  expect(states(torn.state)[1]).toBe(is ? 'printing' : 'awaitingTear')
  // That of another payment, and one behind it, do not keep it.
  expect(waitsForTear(queueOf(foreign(jobOf('A', before)), SECOND, jobOf('C', 'owed')))).toBe(true)
})

test('nothing waits for a tear that is queued already', () => {
  const queued = jobOf('B', 'queued')
  const state = queueOf(jobOf('A', 'printed'), queued)
  expect(mayBeTorn(state, queued)).toBe(false)
  expect(dos(releaseTorn(inTrouble(state, 'gone')))).toEqual(['stopTimer'])
})

test('the printer is well again: what waited is late and goes, what may be on paper is for a person', () => {
  const every = (['owed', 'queued', 'unsure', 'awaitingTear', 'printed', 'waived'] as const).map(
    (state) => jobOf(state, state),
  )
  const test = jobOf('T', 'owed', { facts: { ...FACTS, type: 'test' } })
  const { state, effects } = queueOwed(
    queueOf(...every, jobOf('R', 'owed', { mark: REPRINT }), test),
  )
  expect(state.slips.map((job) => [job.slip.job, job.state, job.slip.mark.kind])).toEqual([
    ['owed', 'printing', 'late'],
    ['queued', 'queued', 'late'],
    ['unsure', 'unsure', 'original'],
    ['awaitingTear', 'awaitingTear', 'original'],
    ['printed', 'printed', 'original'],
    ['waived', 'waived', 'original'],
    ['R', 'queued', 'reprint'],
    ['T', 'queued', 'original'],
  ])
  expect(effects).toEqual([{ do: 'print', slip: slipOf('owed', { mark: LATE }) }])
})

test('a person says whether it is there: then the next waits for its tear, else it is printed, what hangs there being void', () => {
  const unsure = queueOf(jobOf('A', 'unsure'), SECOND)
  const there = settleUnsure(unsure, 'A', true)
  expect(states(there.state)).toEqual(['waived', 'awaitingTear'])
  expect(dos(there)).toEqual(['startTimer'])
  const missing = settleUnsure(unsure, 'A', false)
  const again = slipOf('A', { mark: LATE, ...PART })
  expect(missing.state.slips[0]).toEqual({ ...jobOf('A', 'printing'), slip: again })
  expect(missing.effects).toEqual([{ do: 'print', slip: again }])
  for (const job of ['B', 'X']) expect(settleUnsure(unsure, job, true).refused).toBe('unknownJob')
})

test('a copy counts on the record as it stands: what became of it while it was being proved is not undone', () => {
  const since = { ...SALE, refundedMinor: minor(500), signatureKept: 'shop' as const, reprints: 2 }
  const { effects, state } = reprint({ ...OPEN, recent: [since] }, SALE)
  expect(state.recent).toEqual([{ ...since, reprints: 3 }])
  expect(effects).toContainEqual({ do: 'keepRecord', record: { ...since, reprints: 3 } })
  expect(state.slips.at(-1)).toMatchObject({
    record: SALE.id,
    slip: { copy: 'cardholder', mark: { kind: 'reprint', number: 3 } },
  })
  const other = { ...SALE, id: 'another' }
  expect(reprint({ ...OPEN, recent: [other] }, SALE).state.recent).toEqual([other])
  expect(reprint(OPEN, { ...other, slip: null }).refused).toBe('optionNotOffered')
})

test('a list that was looked up counts along, and no other page', () => {
  const other = { ...SALE, id: 'another' }
  const found: Step = { kind: 'records', found: [other, SALE] }
  expect(reprint({ ...OPEN, step: found }, SALE).state.step).toEqual({
    kind: 'records',
    found: [other, { ...SALE, reprints: 1 }],
  })
  for (const step of [{ kind: 'records' }, { kind: 'signIn' }] as const)
    expect(reprint({ ...OPEN, step }, SALE).state.step).toBe(step)
})

test('open slips stay for ever, ended ones as long as there is room', () => {
  const open = jobOf('O', 'owed')
  const ends = Array.from({ length: 12 }, (_, at) => jobOf(`E${at}`, at % 2 ? 'printed' : 'waived'))
  const queue = (slips: readonly SlipJob[]) =>
    queueSlip(queueOf(...slips), SALE.id, slipOf(''), 'queued').slips.map(({ slip }) => slip.job)
  const kept = ends.slice(-8).map(({ slip }) => slip.job)
  expect(queue([open, ...ends])).toEqual(['O', ...kept, '0003'])
  const many = Array.from({ length: 199 }, (_, at) => jobOf(`O${at}`, 'unsure'))
  expect(queue([...ends, ...many])).toEqual(['E11', ...many.map(({ slip }) => slip.job), '0003'])
  const full = [...many, open]
  expect(queue([...ends, ...full])).toEqual([...full.map(({ slip }) => slip.job), '0003'])
  expect(openSlips(queueOf(open, ...ends))).toEqual([open])
})
