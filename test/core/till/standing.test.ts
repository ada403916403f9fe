/** What a till is told of its reference, from the records and from what is under way: the state, the sums, and whether it may charge elsewhere. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { liveOrder, liveOrders, tillOrderOnPage } from '#core/till/live.ts'
import { standingOf } from '#core/till/standing.ts'
import { watchTill } from '#core/till/watch.ts'
import { CLOSED_LIMIT } from '#core/till/wish.ts'
import type { Attempt, Order } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { ATTEMPT as SALE } from '../attempts.ts'
import { aSale } from '../two-people.ts'

const { sale, state: HOME } = aSale()
const TILL = { reference: 'A-1', lines: [] }
const ORDER: Order = { id: 9, dueMinor: minor(3800), operator: '01', till: TILL }
const ATTEMPT: Attempt = { ...SALE, order: ORDER, stan: '000009' }
const wait = { startedAt: 0, deadlineAt: 0 }
const CONFIRM: Step = { kind: 'confirmAmount', order: ORDER, typed: '38' }
const SENT: Step = { kind: 'authorizing', attempt: ATTEMPT, cancelAsked: false, wait }
const UNDOING: Step = { kind: 'reversing', attempt: ATTEMPT, why: { key: 'x', params: {} }, wait }
const result = (outcome: 'approved' | 'notPaid' | 'unknown', mayTryAgain: boolean): Step => ({
  kind: 'result',
  outcome,
  order: ORDER,
  record: '000001-000009',
  trace: '000009',
  channel: 'card',
  last4: '0012',
  mayTryAgain,
})
const REVERSAL = armReversal(ATTEMPT)

const at = (step: Step, change: Partial<TerminalState> = {}): TerminalState => ({
  ...HOME,
  ...change,
  step,
})
const paid = (change: Partial<TransactionRecord> = {}): TransactionRecord => ({
  ...sale,
  tillReference: 'A-1',
  ...change,
})
const DECLINED = paid({
  outcome: 'notPaid',
  paidMinor: minor(0),
  id: '000001-000003',
  dueMinor: minor(3700),
})
const PART = paid({ paidMinor: minor(2000) })
const REST = paid({
  id: '000001-000004',
  paidMinor: minor(1800),
  dueMinor: minor(1800),
  follows: sale.id,
})

test.each<[string, readonly TransactionRecord[], string, number, number, number, boolean]>([
  ['nothing is held', [], 'neverSeen', 0, 0, 0, true],
  ['it was refused', [DECLINED], 'notPaid', 0, 3700, 0, true],
  ['it was paid', [paid()], 'paid', 3800, 3800, 0, false],
  ['it was paid the second time', [DECLINED, paid()], 'paid', 3800, 3800, 0, false],
  ['a part was paid', [PART], 'partlyPaid', 2000, 3800, 0, false],
  [
    'a part, and the rest was refused',
    [PART, { ...DECLINED, follows: sale.id }],
    'partlyPaid',
    2000,
    3800,
    0,
    false,
  ],
  ['a part and the rest were paid', [PART, REST], 'paid', 3800, 3800, 0, false],
  [
    'a part of it went back',
    [paid({ refundedMinor: minor(1000) })],
    'paid',
    3800,
    3800,
    1000,
    false,
  ],
  [
    'all of it went back',
    [paid({ refundedMinor: minor(3800) })],
    'givenBack',
    3800,
    3800,
    3800,
    true,
  ],
  ['it was voided', [paid({ closedBy: '000001-000009' })], 'givenBack', 3800, 3800, 3800, true],
  [
    'it is a refund that went through',
    [paid({ kind: 'refund' })],
    'refunded',
    3800,
    3800,
    0,
    false,
  ],
  [
    'it was refused, and a refund under it went through',
    [DECLINED, paid({ kind: 'refund' })],
    'refunded',
    3800,
    3800,
    0,
    false,
  ],
  ['it is a refund that did not', [{ ...DECLINED, kind: 'refund' }], 'notPaid', 0, 3700, 0, true],
  ['only the rest of it is known', [REST], 'paid', 1800, 1800, 0, false],
  ['another one was paid', [paid({ tillReference: 'A-2' })], 'neverSeen', 0, 0, 0, true],
])('%s: %s', (_what, records, state, paidMinor, dueMinor, givenBackMinor, mayChargeElsewhere) => {
  expect(standingOf(HOME, 'A-1', records)).toMatchObject({
    reference: 'A-1',
    state,
    paidMinor,
    dueMinor,
    givenBackMinor,
    mayChargeElsewhere,
    money: paidMinor > 0 ? 'moved' : 'notMoved',
    attempts: records.filter(({ tillReference }) => tillReference === 'A-1').length,
    closedBy: null,
  })
})

test('the record that is told is the newest that took money, or the newest of those that took none', () => {
  const told = (...records: TransactionRecord[]) => standingOf(HOME, 'A-1', records).record?.id
  expect(told(paid(), DECLINED)).toBe(sale.id)
  expect(told(PART, REST)).toBe(REST.id)
  expect(told(PART, REST, { ...REST, id: '000001-000006' })).toBe('000001-000006')
  expect(told(DECLINED, { ...DECLINED, id: '000001-000005' })).toBe('000001-000005')
  expect(standingOf(HOME, 'A-1', []).record).toBeNull()
})

const OWED: FollowUp = {
  id: 'x-redo',
  kind: 'sale',
  dueMinor: minor(3900),
  why: 'redo',
  after: 'x',
  trace: '000009',
}

test('while something of it is to be collected here, nobody else may charge it; what is owed of another does not count', () => {
  const owing = (tillReference: string) =>
    standingOf({ ...HOME, followUps: [{ ...OWED, tillReference }] }, 'A-1', [DECLINED])
  expect(owing('A-1')).toMatchObject({ state: 'notPaid', mayChargeElsewhere: false })
  expect(owing('A-2').mayChargeElsewhere).toBe(true)
})

test.each<[string, TerminalState, string | undefined]>([
  ['on the page of its amount', at(CONFIRM), 'waiting'],
  ['at the pad', at({ kind: 'pin', order: ORDER, typed: '', attempt: ATTEMPT, wait }), 'waiting'],
  ['asked of the acquirer', at(SENT, { reversal: REVERSAL }), 'sent'],
  [
    'before the chip has spoken',
    at({ kind: 'completing', attempt: ATTEMPT, reply: { mti: '', mac: 'good', fields: {} }, wait }),
    'sent',
  ],
  ['asked about', at({ kind: 'querying', attempt: ATTEMPT, isPaying: false, wait }), 'sent'],
  ['being taken back', at(UNDOING), 'unknown'],
  ['in doubt', at(result('unknown', false)), 'unknown'],
  ['refused, and another card may pay', at(result('notPaid', true)), 'waiting'],
  ['paid', at(result('approved', false)), undefined],
  ['taken back behind another page', at(HOME.step, { reversal: REVERSAL }), 'unknown'],
  [
    'before the customer once more, its first try in doubt',
    at(CONFIRM, { reversal: REVERSAL }),
    'unknown',
  ],
  ['nowhere', HOME, undefined],
])('an order %s is %s', (_what, state, phase) => {
  expect(liveOrder(state, 'A-1')?.phase).toBe(phase)
  expect(liveOrders(state)).toHaveLength(phase === undefined ? 0 : 1)
  expect(liveOrder(state, 'A-2')).toBeNull()
})

test('an order in doubt and another at the counter are two', () => {
  const other = { ...ORDER, till: { reference: 'B-1', lines: [] } }
  const step: Step = { kind: 'confirmAmount', order: other, typed: '' }
  const refund = { ...ORDER, till: { reference: 'R-1', lines: [] } }
  const advice = newAdvice({ ...ATTEMPT, order: refund })
  const state = at(step, { reversal: REVERSAL, advice })
  expect(liveOrders(state)).toEqual([
    { reference: 'B-1', phase: 'waiting' },
    { reference: 'A-1', phase: 'unknown' },
    { reference: 'R-1', phase: 'unknown' },
  ])
  expect(tillOrderOnPage(state)?.reference).toBe('B-1')
  expect(tillOrderOnPage(at(SENT))).toEqual(TILL)
  expect(tillOrderOnPage(HOME)).toBeNull()
})

test('an order that was typed at the counter is none of a till', () => {
  const { till: _till, ...typed } = ORDER
  expect(liveOrders(at({ ...CONFIRM, kind: 'confirmAmount', order: typed, typed: '' }))).toEqual([])
})

const STARTED = { type: 'started', at: 7, setup: HOME.setup, keysReady: true } as const
const KEY = { type: 'keyPressed', at: 7, page: '', key: 'cancel' } as const
const WITHDREW = { type: 'tillWithdrew', at: 7, reference: 'A-1' } as const
const left = (state: TerminalState) => ({ state, effects: [], refused: null })

test.each([
  ['terminal', KEY],
  ['till', WITHDREW],
  ['restart', STARTED],
] as const)('an order that is let go of is noted as ended by the %s', (by, event) => {
  const { state } = watchTill(at(CONFIRM), event, left(at({ kind: 'amount', typed: '' })))
  expect(state.tillClosed).toEqual([{ reference: 'A-1', by, at: 7 }])
  expect(standingOf(state, 'A-1', [])).toMatchObject({
    state: 'withdrawn',
    closedBy: by,
    mayChargeElsewhere: true,
  })
  expect(standingOf(state, 'A-1', [paid()]).state).toBe('paid')
})

test('one that is still under way is not noted, and one of before is noted once, as the newest', () => {
  const sent = left(at(SENT, { reversal: REVERSAL }))
  expect(watchTill(at(CONFIRM), KEY, sent).state.tillClosed).toBeUndefined()
  const home = at({ kind: 'amount', typed: '' })
  expect(watchTill(HOME, KEY, left(home)).state).toBe(home)
  const notes = Array.from({ length: CLOSED_LIMIT }, (_, index) => ({
    reference: index === 3 ? 'A-1' : `B-${index}`,
    by: 'restart' as const,
    at: index,
  }))
  const noted = watchTill(at(CONFIRM), KEY, left({ ...home, tillClosed: notes })).state.tillClosed
  expect(noted).toHaveLength(CLOSED_LIMIT)
  expect(noted?.filter(({ reference }) => reference === 'A-1')).toEqual([
    { reference: 'A-1', by: 'terminal', at: 7 },
  ])
  const full = notes.map((one) => ({ ...one, reference: `C-${one.at}` }))
  const dropped = watchTill(at(CONFIRM), KEY, left({ ...home, tillClosed: full })).state.tillClosed
  expect([dropped?.length, dropped?.at(0)?.reference]).toEqual([CLOSED_LIMIT, 'C-1'])
})

test('a refund whose answer comes while the counter is at something else is noted as ended too', () => {
  const advice = newAdvice(ATTEMPT)
  const { state } = watchTill({ ...HOME, advice }, KEY, left({ ...HOME, advice: null }))
  expect(state.tillClosed).toMatchObject([{ reference: 'A-1', by: 'terminal' }])
  const idle = { ...HOME, advice, tone: 'key' as const }
  expect(watchTill({ ...HOME, advice }, KEY, left(idle)).state).toBe(idle)
})

test('two that end at once are both noted, and what was noted of others stays', () => {
  const note = { reference: 'A-0', by: 'till' as const, at: 1 }
  const other = { ...ORDER, till: { reference: 'B-1', lines: [] } }
  const before = at({ kind: 'confirmAmount', order: other, typed: '' }, { reversal: REVERSAL })
  const after = at(
    { kind: 'amount', typed: '' },
    { tillClosed: [note, { ...note, reference: 'A-1' }] },
  )
  const noted = watchTill(before, STARTED, left(after)).state.tillClosed
  expect(noted?.map(({ reference, by }) => `${reference} ${by}`)).toEqual([
    'A-0 till',
    'B-1 restart',
    'A-1 restart',
  ])
})

test('the newest note of a reference counts, and another reference has its own', () => {
  const note = (by: 'till' | 'restart', reference = 'A-1') => ({ reference, by, at: 1 })
  const state = { ...HOME, tillClosed: [note('till'), note('restart'), note('till', 'A-2')] }
  expect(standingOf(state, 'A-1', []).closedBy).toBe('restart')
  expect(standingOf(state, 'A-3', []).closedBy).toBeNull()
})
