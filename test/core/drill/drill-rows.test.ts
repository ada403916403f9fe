/** A drill, row by row: who begins one and when, what it starts from, and what comes back of it. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import { beginDrill, endDrill, onDrillApproval, onDrillEnded } from '#core/drill/drill.ts'
import { SCORES_LIMIT, type Score } from '#core/drill/exercise.ts'
import { setupForDrill, stateForDrill } from '#core/drill/state-for-drill.ts'
import { message } from '#core/message.ts'
import { armReversal } from '#core/reversal/decide.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { CLOSING } from '../batch/settling.ts'
import { NOON, SETUP, withPins } from '../counter.ts'
import { host } from '../link/at-rest.ts'
import { attemptOf, openTerminal } from '../recovery/found-states.ts'

const PEOPLE = withPins([
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
])
const SUPERVISOR = { operator: '00', role: 'supervisor' } as const
const SOLD: TerminalState = { ...openTerminal(), operators: PEOPLE }
const BY_SUPERVISOR: TerminalState = { ...SOLD, session: SUPERVISOR }
const REVERSAL = armReversal(attemptOf('sale', '000077'))
const [PRINTED] = SOLD.slips
if (PRINTED === undefined) throw new Error('nothing was printed')

test('a supervisor begins it at once, and nobody is signed in behind it', () => {
  const { effects, state } = beginDrill(BY_SUPERVISOR)
  expect(effects).toEqual([{ do: 'beginDrill', operator: '00' }])
  expect(state).toMatchObject({
    session: null,
    step: { kind: 'signIn' },
    message: message('drill.beginning'),
  })
})

test.each<[string, Partial<TerminalState>, string]>([
  ['a reversal is armed', { reversal: REVERSAL }, 'drill.somethingOpen'],
  ['a refund is out', { advice: newAdvice(attemptOf('refund', '000066')) }, 'drill.somethingOpen'],
  ['a batch is being closed', { settlement: CLOSING }, 'drill.somethingOpen'],
  ['a slip is owed', { slips: [{ ...PRINTED, state: 'owed' }] }, 'drill.somethingOpen'],
  [
    'a slip is at the printer',
    { slips: [{ ...PRINTED, state: 'printing' }] },
    'drill.slipPrinting',
  ],
])('while %s there is no drill', (_what, change, why) => {
  const refused = beginDrill({ ...BY_SUPERVISOR, ...change })
  expect(refused.effects).toEqual([])
  expect(refused.state).toMatchObject({
    message: message(why),
    tone: 'refused',
    session: SUPERVISOR,
    step: SOLD.step,
  })
})

test('a sale in the open batch, an alarm and an incident bar no drill', () => {
  const alarm = {
    kind: 'wrongCodes',
    at: NOON,
    lastAt: NOON,
    count: 1,
    operator: '01',
    trace: '',
    amountMinor: 0,
  } as const
  const looked = { ...BY_SUPERVISOR, alarms: [alarm], inBatch: 1 }
  expect(beginDrill(looked).effects).toHaveLength(1)
})

test('a drill has no drill, nobody who is not signed in begins one, and only a drill ends', () => {
  const drill = { ...BY_SUPERVISOR, setup: { ...SETUP, drill: true } }
  expect(beginDrill(drill).refused).toBe('optionNotOffered')
  expect(beginDrill({ ...SOLD, session: null }).refused).toBe('notAskedFor')
  expect(endDrill(SOLD).refused).toBe('optionNotOffered')
  const ended = endDrill(drill)
  expect([ended.state.step, ended.effects]).toEqual([{ kind: 'starting' }, [{ do: 'endDrill' }]])
})

test('whoever allows it does so in their name; what came up meanwhile leads home', () => {
  const asked: TerminalState = { ...SOLD, step: { kind: 'approveDrill' } }
  const event = {
    type: 'operatorChecked',
    at: NOON,
    page: '',
    operator: '00',
    correct: true,
  } as const
  expect(onDrillApproval(asked, event).effects).toEqual([{ do: 'beginDrill', operator: '00' }])
  const barred = onDrillApproval({ ...asked, reversal: REVERSAL }, event).state
  expect(barred).toMatchObject({
    step: { kind: 'amount' },
    message: message('drill.somethingOpen'),
    session: SOLD.session,
  })
})

const score = (situation: string): Score => ({
  operator: '01',
  situation,
  at: NOON,
  taps: 1,
  ms: 1,
  misses: 0,
  skipped: false,
})
const ended = { type: 'drillEnded', at: NOON, why: 'ended', tries: [] } as const

test('what comes back of a drill are wrong PINs and scores, the newest last, and of neither more than there is', () => {
  const tries = [
    { operator: '00', wrongTries: 3, lockedUntil: 77 },
    { operator: '99', wrongTries: 4, lockedUntil: 1 },
  ]
  const back = onDrillEnded(
    { ...SOLD, scores: [score('old')] },
    {
      ...ended,
      tries,
      scores: [score('new')],
    },
  ).state
  expect(back.operators).toEqual([PEOPLE[0], { ...PEOPLE[1], wrongTries: 3, lockedUntil: 77 }])
  expect(back.scores?.map(({ situation }) => situation)).toEqual(['old', 'new'])
  expect(back.message).toEqual(message('drill.ended'))
  const none = onDrillEnded(SOLD, { ...ended, why: 'failed' }).state
  expect([none.scores, none.message]).toEqual([undefined, message('drill.failed')])
  const many = Array.from({ length: SCORES_LIMIT }, () => score('old'))
  const full = onDrillEnded({ ...SOLD, scores: many }, { ...ended, scores: [score('new')] }).state
  expect([full.scores?.length, full.scores?.at(-1)?.situation]).toEqual([SCORES_LIMIT, 'new'])
  const drill = { ...SOLD, setup: { ...SETUP, drill: true } }
  expect(onDrillEnded(drill, ended).refused).toBe('notAskedFor')
})

test('a drill knows people and habits, and no number, payment or debt of the real terminal', () => {
  const live = { ...SOLD, page: 77, reversal: REVERSAL, inBatch: 1 }
  const { history, prices } = live
  expect(stateForDrill(live)).toEqual({
    ...initialState(),
    page: 77,
    operators: PEOPLE,
    history,
    prices,
  })
})

test('in a drill no PIN is asked for, nothing is fetched or probed, no sticker is looked for, and the host settles as most do', () => {
  const live = host({
    downloads: ['aids'],
    echoEveryMs: 1,
    signOnEveryMs: 1,
    codeProcessingCode: '660000',
    settlement: { voided: 'leftOut', upload: 'never' },
  })
  const drill = setupForDrill({ ...live, payee: { daily: true } })
  expect(drill).toEqual({
    ...SETUP,
    drill: true,
    situations: [],
    pinFor: [],
    payee: { daily: false },
    host: { ...SETUP.host, downloads: [], echoEveryMs: 0, signOnEveryMs: 0 },
  })
  expect(setupForDrill(SETUP)).not.toHaveProperty('payee')
})
