/** Why a record stands on the list of the day, reason by reason, with the figures that the sentence names. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { Exception } from '#core/report/exception.ts'
import { type DayFacts, exceptionsOf } from '#core/report/exceptions.ts'
import type { Note } from '#core/report/note.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from '../counter.ts'
import { aSale } from '../two-people.ts'
import { recordOf as record } from './day-record.ts'

const MINUTE = 60_000
const { state: SHOP } = aSale()
const STATE = { ...SHOP, at: NOON + 60 * MINUTE }
const SOLD = record({ stan: '000001' })

const day = (facts: Partial<DayFacts>): readonly Exception[] =>
  exceptionsOf({ records: [], earlierHolds: [], notes: [], state: null, ...facts })
/** Reasons of one record, each with its figures. */
const why = (one: TransactionRecord, facts: Partial<DayFacts> = {}) =>
  day({ records: [one], ...facts })
    .filter(({ trace }) => trace === one.stan)
    .flatMap((line) => line.why.map(({ key, params }) => [key, ...Object.values(params)].join(' ')))
/** Of the cashier, at noon. */
const BY = { at: NOON, operator: '01' } as const
const voided = (change: Partial<TransactionRecord> = {}) =>
  record({ stan: '000003', kind: 'void', original: SOLD.id, operator: '02', ...change })

test.each<[string, Partial<TransactionRecord>, readonly string[]]>([
  ['an unusual amount', { check: { level: 1, reasons: ['nearEdge'] } }, ['amount.nearEdge']],
  ['a check that asked for nothing', { check: { level: 0, reasons: ['nearEdge'] } }, []],
  ['a part of a sale', { paidMinor: minor(3799) }, ['partlyPaid 38.00']],
  ['less than a hold', { kind: 'completion', paidMinor: minor(3799) }, []],
  ['what was collected', { follows: '000001-000009' }, ['collectedAfter 000009']],
  ['whoever allowed it', { approver: '90' }, ['allowedBy 90']],
  ['a refusal that somebody had allowed', { approver: '90', outcome: 'notPaid' }, []],
  ['another card', { otherCard: 'phoneCard' }, ['otherCard.phoneCard']],
  ['a slip once more', { reprints: 1 }, ['reprinted 1']],
  ['a hold that nobody ended', { kind: 'preAuth' }, ['openHold']],
  ['a hold that was refused', { kind: 'preAuth', outcome: 'notPaid' }, []],
])('%s: %j', (_what, change, reasons) => {
  expect(why(record({ stan: '000001', ...change }))).toEqual(reasons)
})

test.each<[string, number, string, readonly string[]]>([
  ['at once, by another', 1, '02', ['takesBack 000001', 'soonAfter 1']],
  [
    'soon, by the same',
    5 * MINUTE - 1,
    '01',
    ['takesBack 000001', 'soonAfter 5', 'sameOperator 01'],
  ],
  ['no longer soon', 5 * MINUTE, '01', ['takesBack 000001']],
])('taken back %s', (_what, after, operator, reasons) => {
  const back = voided({ at: SOLD.at + after, operator })
  expect(why(back, { records: [{ ...SOLD, closedBy: back.id }, back] })).toEqual(reasons)
})

test('what takes back and did not go through is no exception of that kind', () => {
  expect(why(voided({ outcome: 'notPaid' }))).toEqual([])
  expect(why(voided({ original: 'elsewhere-1120-112012000077' }))).toEqual([
    'takesBackElsewhere 112012000077',
  ])
})

test.each([
  ['typed', ['takesBack 000001', 'proofTyped']],
  ['list', ['takesBack 000001', 'proofList']],
  ['slip', ['takesBack 000001']],
  ['atOnce', ['takesBack 000001']],
] as const)('found by %s: %j', (proof, reasons) => {
  const notes: readonly Note[] = [
    { ...BY, note: 'proof', order: 3, proof },
    { ...BY, note: 'proof', order: 4, proof: 'typed' },
  ]
  expect(why(voided(), { notes })).toEqual(reasons)
  expect(why(record({ stan: '000003' }), { notes })).toEqual([])
})

test.each([
  [599, ['blindConfirm 0.6']],
  [600, []],
])('confirmed after %i ms: %j', (afterMs, reasons) => {
  const notes: readonly Note[] = [{ ...BY, note: 'blindConfirm', order: 1, afterMs }]
  expect(why(SOLD, { notes })).toEqual(reasons)
  expect(why({ ...SOLD, outcome: 'notPaid' }, { notes })).toEqual([])
})

test('refunds and voids onto one card, of those that went through', () => {
  const back = (stan: string, change: Partial<TransactionRecord> = {}) =>
    record({ stan, kind: 'refund', original: '000000-000001', fingerprint: 'one', ...change })
  const both = (change: Partial<TransactionRecord>) =>
    why(back('000005'), { records: [back('000005'), back('000006', change)] })
  expect(both({})).toEqual(['takesBack 000001', 'sameCardBack 2'])
  expect(both({ kind: 'void' })).toEqual(['takesBack 000001', 'sameCardBack 2'])
  for (const other of [{ outcome: 'notPaid' }, { fingerprint: 'two' }, { kind: 'sale' }] as const)
    expect(both(other)).toEqual(['takesBack 000001'])
  const sold = record({ stan: '000007', fingerprint: 'one' })
  expect(why(sold, { records: [back('000005'), back('000006'), sold] })).toEqual([])
  const named = back('000005', { channel: 'wechat', fingerprint: 'a' })
  expect(why(named, { records: [named, { ...named, stan: '000006', id: 'x' }] })).toEqual([
    'takesBack 000001',
  ])
})

test('what nobody knew for a while says how it ended, once, and what became of its slip', () => {
  const unknown: Note = {
    ...BY,
    note: 'unknown',
    kind: 'sale',
    id: SOLD.id,
    trace: SOLD.stan,
    amountMinor: minor(3800),
  }
  expect(why(SOLD, { notes: [unknown] })).toEqual(['unknownPaid'])
  expect(why({ ...SOLD, outcome: 'notPaid' }, { notes: [unknown] })).toEqual(['unknownNotPaid'])
  const slip = (became: 'owed' | 'unsure', of = SOLD.id) =>
    ({ ...BY, note: 'slip', became, record: of, trace: SOLD.stan }) as const
  const notes = [slip('owed'), slip('unsure'), slip('owed')]
  expect(why(SOLD, { notes })).toEqual(['slip.owed', 'slip.unsure'])
  expect(day({ notes: [slip('owed', 'old')] })).toMatchObject([
    {
      what: 'slip',
      trace: SOLD.stan,
      amountMinor: null,
      about: ['old'],
      why: [{ key: 'slip.owed' }],
    },
  ])
})

test('a line names payment, sum and who; of what was not paid the sum that was asked for', () => {
  const refused = { ...SOLD, outcome: 'notPaid' as const, paidMinor: minor(0), reprints: 1 }
  expect(day({ records: [refused] })).toMatchObject([
    {
      at: SOLD.at,
      trace: '000001',
      operator: '01',
      amountMinor: 3800,
      what: 'sale',
      about: [SOLD.id],
    },
  ])
  const back = voided({ paidMinor: minor(3000) })
  expect(day({ records: [back] })).toMatchObject([
    { what: 'void', amountMinor: 3000, about: [back.id, SOLD.id] },
  ])
})

const OWED = {
  id: 'x',
  kind: 'sale',
  dueMinor: minor(200),
  why: 'topUp',
  after: SOLD.id,
  trace: '000001',
} as const
const UNSIGNED = {
  record: SOLD.id,
  trace: '000001',
  type: 'sale',
  amountMinor: minor(3800),
} as const
const UNTOLD = { record: 'r', trace: '000008', kind: 'refund', amountMinor: minor(900) } as const
const INCIDENT = {
  id: 'i',
  kind: 'disputed',
  at: 0,
  dueAt: 0,
  operator: '02',
  record: SOLD.id,
  trace: '000001',
  channel: 'card',
  last4: '0012',
  reprints: 0,
  amountMinor: minor(500),
} as const

test('what is open at the end of the day: to be collected, signed, closed and told, under whoever is signed in then', () => {
  const state = {
    ...STATE,
    followUps: [OWED],
    unsigned: [UNSIGNED],
    untold: [UNTOLD],
    incidents: [INCIDENT],
  }
  const line = { at: STATE.at, trace: '000001', operator: '01' }
  expect(day({ state })).toEqual([
    {
      ...line,
      amountMinor: 200,
      what: 'collect',
      about: [SOLD.id],
      why: [
        { key: 'toCollect', params: { amount: '2.00' } },
        { key: 'follows.topUp', params: {} },
      ],
    },
    {
      ...line,
      amountMinor: 3800,
      what: 'sale',
      about: [SOLD.id],
      why: [{ key: 'signatureOwed', params: {} }],
    },
    {
      ...line,
      operator: '02',
      amountMinor: 500,
      what: 'incident',
      about: [SOLD.id],
      why: [{ key: 'incident.disputed', params: {} }],
    },
    {
      ...line,
      trace: '000008',
      amountMinor: 900,
      what: 'refund',
      about: ['r'],
      why: [{ key: 'notTold', params: {} }],
    },
  ])
  expect(why(SOLD, { state: { ...STATE, unsigned: [UNSIGNED] } })).toEqual(['signatureOwed'])
  const stranger = {
    ...STATE,
    session: null,
    untold: [UNTOLD],
    incidents: [{ ...INCIDENT, record: '' }],
  }
  expect(day({ state: stranger }).map(({ about, operator }) => [about.length, operator])).toEqual([
    [0, '02'],
    [1, ''],
  ])
  expect(day({ state: STATE })).toEqual([])
})

test('what was written off, and another amount than was asked for once more, stand there by themselves', () => {
  const written: Note = {
    ...BY,
    note: 'writtenOff',
    record: 'r',
    trace: '000008',
    amountMinor: minor(900),
  }
  const keyed: Note = { ...BY, note: 'keyedDifferently', amountMinor: minor(3800) }
  const line = { at: NOON, operator: '01' }
  expect(day({ notes: [written, keyed] })).toEqual([
    {
      ...line,
      trace: '000008',
      amountMinor: 900,
      what: 'collect',
      about: ['r'],
      why: [{ key: 'writtenOff', params: {} }],
    },
    {
      ...line,
      trace: '',
      amountMinor: 3800,
      what: 'keying',
      about: [],
      why: [{ key: 'keyedDifferently', params: {} }],
    },
  ])
})

test('the day is told in its order, codes of a class at the last of them', () => {
  const refused = (at: number, operator: string) =>
    ({ ...BY, note: 'codeRefused', why: 'EMPTY', at, operator }) as const
  const notes = [refused(NOON + MINUTE, '01'), refused(NOON + 5 * MINUTE, '02')]
  const reprinted = { ...SOLD, at: NOON + 3 * MINUTE, reprints: 1 }
  expect(day({ notes, records: [reprinted] })).toMatchObject([
    { what: 'sale' },
    {
      what: 'code',
      at: NOON + 5 * MINUTE,
      operator: '02',
      trace: '',
      amountMinor: null,
      about: [],
      why: [{ key: 'codeRefused', params: { code: 'EMPTY', count: '2' } }],
    },
  ])
})

test('whoever was charged once, in a row of customers who were each charged to the next, reads after which payment that began', () => {
  const paidBy = (stan: string, payer: string) => record({ stan, channel: 'wechat', payer })
  const [first, ...later] = [paidBy('000002', 'c'), paidBy('000003', 'd'), paidBy('000004', 'd')]
  if (first === undefined) throw new Error('nobody paid')
  expect(why(first, { records: [paidBy('000001', 'a'), first, ...later] })).toEqual([
    'queuedBefore 000003',
  ])
  expect(later.map((one) => why(one, { records: later }))).toEqual([
    ['samePayer 000004'],
    ['samePayer 000003'],
  ])
})
