/** Exercises, row by row: what is a miss, what ends each of them, and what is said when. */
import { expect, test } from 'vitest'
import type { Exercise, Score, Situation } from '#core/drill/exercise.ts'
import {
  beginOrSkip,
  onJudgeKey,
  onJudgeOption,
  scored,
  situationOf,
  tellNext,
} from '#core/drill/exercises.ts'
import { watchExercise } from '#core/drill/watch-exercise.ts'
import { message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import type { SlipJobState } from '#core/receipt/slip-job.ts'
import { type Decision, refuse, stay } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON, SETUP } from '../counter.ts'
import { attemptOf, openTerminal } from '../recovery/found-states.ts'

const task = { 'zh-CN': '做这个', en: 'Do this' }
const SUM = minor(1200)
const CHARGE: Situation = { id: 'tag', kind: 'charge', amountMinor: SUM, task }
const JUDGE: Situation = { id: 'goods', kind: 'judge', isPayment: false, task }
const HOLD: Situation = { id: 'hold', kind: 'type', transaction: 'preAuth', amountMinor: SUM, task }
const BACK: Situation = { id: 'back', kind: 'refund', amountMinor: SUM, which: 2, task }
const PAPER: Situation = { id: 'paper', kind: 'paper', amountMinor: SUM, task }
const BLANK: Exercise = {
  at: 0,
  isTold: true,
  startedAt: NOON - 5000,
  taps: 0,
  misses: 0,
  sales: [],
  isBroken: false,
  answer: 'none',
  scores: [],
}
const SOLD = openTerminal()
const [PAID] = SOLD.recent
const [PRINTED] = SOLD.slips
if (PAID === undefined || PRINTED === undefined) throw new Error('nothing was sold')

const inDrill = (
  situation: Situation | readonly Situation[],
  exercise: Partial<Exercise> = {},
  step: Step = { kind: 'menu', sheet: 0 },
): TerminalState => ({
  ...SOLD,
  at: NOON,
  step,
  message: null,
  setup: { ...SETUP, drill: true, situations: [situation].flat() },
  exercise: { ...BLANK, ...exercise },
})
const KEY: TerminalEvent = { type: 'keyPressed', at: NOON, page: '', key: '1' }
const TIMER: TerminalEvent = { type: 'timerFired', at: NOON, timer: 'link' }
const printEnded = (kind: 'printed' | 'unsure'): TerminalEvent => ({
  type: 'printEnded',
  at: NOON,
  job: 'A',
  outcome: kind === 'printed' ? { kind, proof: 'processId' } : { kind },
})
const watched = (
  state: TerminalState,
  event: TerminalEvent = TIMER,
  effects: readonly Effect[] = [],
) => watchExercise(event, stay(state, effects)).state.exercise

const sent = (kind: TransactionKind, amount = 1200, original = ''): Effect => {
  const attempt = attemptOf(kind, '000077')
  const { original: _, ...order } = attempt.order
  const about = original === '' ? {} : { original: { ...PAID, id: original } }
  return {
    do: 'sendRequest',
    attempt: { ...attempt, amountMinor: minor(amount), order: { ...order, ...about } },
  }
}
const booked = (change: Partial<TransactionRecord> = {}): Effect => ({
  do: 'keepRecord',
  record: { ...PAID, id: 'r3', paidMinor: SUM, ...change },
})
const TWO = ['r1', 'r2']

test.each<[string, Situation, Effect, readonly string[], number]>([
  ['the right amount', CHARGE, sent('sale'), [], 0],
  ['a nought too many', CHARGE, sent('sale', 12_000), [], 1],
  ['a hold for a sale', CHARGE, sent('preAuth'), [], 1],
  ['the right amount, for its slip', PAPER, sent('sale'), [], 0],
  ['another, for its slip', PAPER, sent('sale', 1), [], 1],
  ['the right type', HOLD, sent('preAuth'), [], 0],
  ['the right type of another sum', HOLD, sent('preAuth', 1), [], 1],
  ['the wrong type', HOLD, sent('sale'), [], 1],
  ['anything where a code is judged', JUDGE, sent('sale'), [], 1],
  ['the first of two customers', BACK, sent('sale'), [], 0],
  ['the second', BACK, sent('sale'), ['r1'], 0],
  ['a third', BACK, sent('sale'), TWO, 1],
  ['another sum', BACK, sent('sale', 1), [], 1],
  ['the second gets it back', BACK, sent('refund', 1200, 'r2'), TWO, 0],
  ['by a void', BACK, sent('void', 1200, 'r2'), TWO, 0],
  ['the first gets it back', BACK, sent('refund', 1200, 'r1'), TWO, 1],
  ['a hold in between', BACK, sent('preAuth', 1200, 'r2'), TWO, 1],
  ['nothing is sent', BACK, { do: 'cancelPin' }, TWO, 0],
])('%s: misses', (_what, situation, effect, sales, misses) => {
  expect(watched(inDrill(situation, { sales }), TIMER, [effect])?.misses).toBe(misses)
})

test.each<[string, Situation, Partial<Exercise>, Effect, boolean]>([
  ['charged', CHARGE, {}, booked(), true],
  ['charged otherwise', CHARGE, {}, booked({ paidMinor: minor(1) }), false],
  ['held', CHARGE, {}, booked({ kind: 'preAuth' }), false],
  ['declined', CHARGE, {}, booked({ outcome: 'notPaid' }), false],
  ['held, as was to be', HOLD, {}, booked({ kind: 'preAuth' }), true],
  ['sold, where it was to be held', HOLD, {}, booked(), false],
  [
    'the second has it back',
    BACK,
    { sales: TWO },
    booked({ kind: 'refund', original: 'r2' }),
    true,
  ],
  ['by a void', BACK, { sales: TWO }, booked({ kind: 'void', original: 'r2' }), true],
  ['the first has it back', BACK, { sales: TWO }, booked({ kind: 'void', original: 'r1' }), false],
  [
    'a completion of it',
    BACK,
    { sales: TWO },
    booked({ kind: 'completion', original: 'r2' }),
    false,
  ],
  ['judged', JUDGE, { answer: 'right' }, { do: 'cancelPin' }, true],
  ['judged wrong', JUDGE, { answer: 'wrong' }, { do: 'cancelPin' }, true],
  ['not judged', JUDGE, {}, { do: 'cancelPin' }, false],
])('%s: the situation is done', (_what, situation, exercise, effect, is) => {
  const after = watched(inDrill(situation, exercise), TIMER, [effect])
  const misses = exercise.answer === 'wrong' ? 1 : 0
  expect([after?.at, after?.scores.map((score) => score.misses)]).toEqual(
    is ? [1, [misses]] : [0, []],
  )
})

test.each<[string, Partial<Exercise>, TerminalEvent, SlipJobState, boolean]>([
  ['whole at last', { isBroken: true, sales: TWO }, printEnded('printed'), 'printed', true],
  ['never broken off', { sales: TWO }, printEnded('printed'), 'printed', false],
  ['of no payment', { isBroken: true }, printEnded('printed'), 'printed', false],
  ['one is still open', { isBroken: true, sales: TWO }, printEnded('printed'), 'owed', false],
  ['nothing was printed', { isBroken: true, sales: TWO }, TIMER, 'printed', false],
])('a slip, %s', (_what, exercise, event, state, is) => {
  const slips = [{ ...PRINTED, state }]
  const after = watched({ ...inDrill(PAPER, exercise), slips }, event)
  expect(after?.scores.length).toBe(is ? 1 : 0)
})

test('a slip that is broken off is remembered, and calling it whole is a miss', () => {
  expect(watched(inDrill(PAPER), printEnded('unsure'))?.isBroken).toBe(true)
  expect(watched(inDrill(PAPER), printEnded('printed'))?.isBroken).toBe(false)
  const called = {
    type: 'optionChosen',
    at: NOON,
    page: '',
    option: 'paperComplete',
    item: '',
  } as const
  const broken = inDrill(PAPER, { isBroken: true })
  expect(watched(broken, called)).toMatchObject({ misses: 1, taps: 1, isBroken: true })
  expect(watched(inDrill(PAPER), called)?.misses).toBe(0)
  expect(watched(inDrill(CHARGE, { isBroken: true }), called)?.misses).toBe(0)
  expect(watched(broken, { ...called, option: 'printMissing' })?.misses).toBe(0)
  const refused = watchExercise(called, refuse(broken, 'unknownJob')).state.exercise
  expect(refused).toMatchObject({ misses: 0, taps: 1 })
})

test('keys and options are counted, also those that mean nothing, and not those for a page that is gone', () => {
  const taps = (event: TerminalEvent, decision: Decision) =>
    watchExercise(event, decision).state.exercise?.taps
  const state = inDrill(CHARGE, { taps: 3 })
  expect(taps(KEY, stay(state))).toBe(4)
  expect(taps(KEY, refuse(state, 'keyHasNoMeaningHere'))).toBe(4)
  expect(taps(KEY, refuse(state, 'stalePage'))).toBe(3)
  expect(taps(TIMER, stay(state))).toBe(3)
})

test('payments of the situation are remembered in their order, and only sales', () => {
  const both = [booked(), booked({ id: 'r4' }), booked({ id: 'r5', kind: 'preAuth' })]
  expect(watched(inDrill(BACK, { sales: ['r1'] }), TIMER, both)?.sales).toEqual(['r1', 'r3', 'r4'])
})

test('nothing is counted in earnest, before a task was told, or when all are done', () => {
  const live = { ...inDrill(CHARGE), setup: { ...SETUP, situations: [CHARGE] } }
  const none = { ...inDrill(CHARGE), exercise: undefined }
  for (const state of [
    live,
    none,
    inDrill(CHARGE, { isTold: false }),
    inDrill(CHARGE, { at: 1 }),
  ]) {
    const decision = stay(state, [booked()])
    expect(watchExercise(KEY, decision)).toBe(decision)
  }
})

const HOME: Step = { kind: 'amount', typed: '' }

test('the next task is told on the empty amount page to whoever is signed in, and only once', () => {
  const untold = { isTold: false, scores: [] }
  const told = watchExercise(TIMER, refuse(inDrill(CHARGE, untold, HOME), 'notAskedFor'))
  expect(told.state).toMatchObject({
    message: message('drill.task', { task: '做这个' }),
    tone: 'key',
    exercise: { isTold: true, startedAt: NOON },
  })
  expect(told.refused).toBe('notAskedFor')
  const quiet: readonly TerminalState[] = [
    inDrill(CHARGE, untold),
    inDrill(CHARGE, untold, { kind: 'amount', typed: '1' }),
    { ...inDrill(CHARGE, untold, HOME), session: null },
    inDrill(CHARGE, {}, HOME),
  ]
  for (const state of quiet) expect(watchExercise(TIMER, stay(state)).state.message).toBeNull()
})

const SCORE: Score = {
  operator: '01',
  situation: 'tag',
  at: NOON,
  taps: 4,
  ms: 5499,
  misses: 2,
  skipped: false,
}

test('behind the first, how the last one went is said; behind all, how many went well; a code to judge has its page', () => {
  const scores = [{ ...SCORE, misses: 0 }, { ...SCORE, misses: 0, skipped: true }, SCORE]
  const next = tellNext(inDrill(CHARGE), { ...BLANK, scores })
  expect(next.state.message).toEqual(
    message('drill.nextTask', { task: '做这个', taps: '4', misses: '2', seconds: '5' }),
  )
  const over = tellNext(inDrill(CHARGE, { at: 1 }), { ...BLANK, at: 1, scores })
  expect(over.state.message).toEqual(message('drill.exercisesDone', { good: '1', count: '3' }))
  const judge = tellNext(inDrill(JUDGE), BLANK)
  expect(judge.state).toMatchObject({ step: { kind: 'judgeCode' }, tone: 'key' })
  expect(situationOf({ ...inDrill(CHARGE), exercise: undefined })).toBeNull()
})

test('the menu begins with the first situation, leaves one out, or begins again behind the last', () => {
  const begun = beginOrSkip({ ...inDrill([CHARGE, JUDGE]), exercise: undefined }).state
  expect(begun.exercise).toEqual({ ...BLANK, isTold: false, startedAt: NOON })
  expect(begun.step).toEqual(HOME)
  const left = beginOrSkip(inDrill([CHARGE, JUDGE], { taps: 3, misses: 1 })).state.exercise
  expect(left).toEqual({
    ...BLANK,
    at: 1,
    isTold: false,
    startedAt: NOON,
    scores: [{ ...SCORE, taps: 3, ms: 5000, misses: 1, skipped: true }],
  })
  const again = beginOrSkip(inDrill(CHARGE, { at: 1, scores: [SCORE] })).state.exercise
  expect(again).toMatchObject({ at: 0, scores: [SCORE] })
  expect(beginOrSkip(inDrill([])).state).toMatchObject({
    message: message('drill.noExercises'),
    tone: 'refused',
  })
  expect(beginOrSkip(SOLD).refused).toBe('optionNotOffered')
})

test('whoever is not signed in any more is scored as nobody', () => {
  const state = { ...inDrill(CHARGE, { at: 9 }), session: null }
  expect(scored(state, BLANK, false).scores).toMatchObject([{ operator: '', situation: '' }])
})

test.each([
  ['1', true, 'right'],
  ['2', true, 'wrong'],
  ['1', false, 'wrong'],
  ['2', false, 'right'],
] as const)('key %s about a code that is a payment %s: %s', (key, isPayment, answer) => {
  const state = inDrill({ ...JUDGE, isPayment }, {}, { kind: 'judgeCode' })
  const after = onJudgeKey(state, key).state
  expect([after.exercise?.answer, after.step]).toEqual([answer, HOME])
})

test('nothing else is an answer, and there is none where none is asked for', () => {
  const state = inDrill(JUDGE, {}, { kind: 'judgeCode' })
  expect(onJudgeKey(state, '3').refused).toBe('keyHasNoMeaningHere')
  expect(onJudgeKey(state, 'cancel').state.step).toEqual(HOME)
  expect(onJudgeOption(state, 'back').refused).toBe('optionNotOffered')
  for (const other of [inDrill(CHARGE), { ...state, exercise: undefined }])
    expect(onJudgeOption(other, 'takeCode').refused).toBe('optionNotOffered')
})
