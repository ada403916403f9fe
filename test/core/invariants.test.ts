import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import { minor } from '#core/money.ts'
import { breaches, newBreaches } from '#core/terminal/invariants.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { attemptOf, everythingFound, openTerminal, slipStates } from './recovery/found-states.ts'

const sound = openTerminal()
const { counters } = sound
const [slip] = slipStates()
const [record] = sound.recent
if (slip === undefined || record === undefined) throw new Error('the terminal has sold nothing')
const found = everythingFound()
const armed = found.reversals.find((reversal) => reversal?.state === 'armed') ?? null
const owed = found.reversals.find((reversal) => reversal?.state === 'owed') ?? null
const waiting = found.refunds.find((refund) => refund?.state === 'waiting') ?? null
const inDoubt = found.refunds.find((refund) => refund !== null) ?? null
const closing = found.settlements.find((settlement) => settlement !== null) ?? null
const other = armed === null ? null : { ...armed, id: '000001-000099' }
const sent = owed === null ? null : { ...owed, state: 'sent' as const }
const sentAgain = waiting === null ? null : { ...waiting, state: 'sent' as const }
const wait = { startedAt: 0, deadlineAt: 0 }
const sale = attemptOf('sale', '000077')
const voided = { ...record, id: 'v', kind: 'void' as const, original: record.id }
const asking = { order: sale.order, typed: '', read: 1, reading: true, wait }

const out = (kind: TransactionKind): Step => ({
  kind: 'authorizing',
  attempt: attemptOf(kind, '000077'),
  cancelAsked: false,
  wait,
})
const adviceOf = (stan: string) => newAdvice(attemptOf('refund', stan))
const RESULT = {
  kind: 'result',
  order: sale.order,
  record: '',
  trace: '',
  channel: '',
  last4: '',
  mayTryAgain: false,
} as const
const ordered = { order: sale.order, typed: '12' }
const CODE = { handle: 'c', channel: 'wechat', masked: '6741', fingerprint: 'F1' } as const

/** Pages on which no request can be out. */
const QUIET_PAGES: readonly Step[] = [
  { kind: 'starting' },
  { kind: 'setPin', operator: '01' },
  { kind: 'signIn' },
  { kind: 'amount', typed: '' },
  { kind: 'confirmAmount', ...ordered },
  { kind: 'handOver', ...ordered },
  { kind: 'lookAtAmount', ...ordered, wait },
  { kind: 'rekeyAmount', ...ordered, again: '' },
  { kind: 'clearingDebt', ...ordered, wait },
  { kind: 'menu', sheet: 0 },
  { kind: 'findOriginal', purpose: 'void', typed: '' },
  { kind: 'totals', purpose: 'xReport', batch: '000001', lines: null },
  { kind: 'reviewRefunds', lines: [], seen: [] },
  { kind: 'approveBatch', lines: [] },
  { kind: 'approveDrill' },
  { kind: 'parameters' },
  { kind: 'settling', wait },
  { kind: 'enterAmount', transaction: 'preAuth', original: null, typed: '' },
  { kind: 'approve', ...ordered },
  { kind: 'whatWasWrong', original: record },
  { kind: 'records' },
  { kind: 'searchRecords', by: null, typed: '' },
  { kind: 'proveReprint', record, typed: '' },
  { kind: 'badge', operator: null, typed: '' },
  { kind: 'openItems' },
  { kind: 'incident', of: null, original: null, typed: '' },
  { kind: 'closeIncident', id: '' },
  { kind: 'judgeCode' },
  { kind: 'checkSticker', found: 'nothing' },
]

const SERVED: readonly Step[] = [
  { kind: 'present', ...asking },
  { kind: 'pin', ...ordered, attempt: sale, wait },
  { kind: 'confirmCode', ...ordered, code: CODE, why: '' },
]

type Change = Partial<TerminalState>

/** What somebody broke, before and after, and the sentence that must come of it. */
const BROKEN: readonly (readonly [sentence: string, after: Change, before?: Change])[] = [
  ['counter stan went back', { counters: { ...counters, stan: 1 } }],
  ['counter batch went back', { counters: { ...counters, batch: 0 } }],
  ['counter job went back', { counters: { ...counters, job: 0 } }],
  ['counter order went back', { counters: { ...counters, order: 0 } }],
  ['counter read went back', { counters: { ...counters, read: 0 } }],
  [
    'counter stan went back',
    { counters: { ...counters, stan: 2 } },
    { counters: { ...counters, stan: 999_999 } },
  ],
  [
    'counter stan went back',
    { counters: { ...counters, stan: 1 } },
    { counters: { ...counters, stan: 999_998 } },
  ],
  [
    'counter batch went back',
    { counters: { ...counters, batch: 2 } },
    { counters: { ...counters, batch: 999_998 } },
  ],
  [
    'counter batch went back',
    { counters: { ...counters, batch: 1 } },
    { counters: { ...counters, batch: 999_997 } },
  ],
  ['a request is out and its reversal is not armed', { step: out('sale'), reversal: owed }],
  [
    'a request is out and its reversal is not armed',
    { step: out('sale'), reversal: armed === null ? null : { ...armed, stan: '000001' } },
  ],
  [
    'a request is out and its reversal is not armed',
    {
      step: {
        kind: 'completing',
        attempt: sale,
        reply: { mti: '', mac: 'good', fields: {} },
        wait,
      },
      reversal: armed === null ? null : { ...armed, stan: '000001' },
    },
  ],
  [
    'an outcome is asked for and its reversal does not wait for it',
    { step: { kind: 'querying', attempt: sale, isPaying: true, wait }, reversal: owed },
  ],
  [
    'an outcome is asked for and its reversal does not wait for it',
    {
      step: { kind: 'querying', attempt: sale, isPaying: true, wait },
      reversal: armed === null ? null : { ...armed, state: 'asking', stan: '000001' },
    },
  ],
  [
    'an outcome is unknown and nothing is owed',
    {
      step: { kind: 'reversing', attempt: sale, why: { key: '', params: {} }, wait },
      reversal: armed,
    },
  ],
  [
    'an outcome is unknown and nothing is owed',
    {
      step: { kind: 'reversing', attempt: sale, why: { key: '', params: {} }, wait },
      reversal: owed === null ? null : { ...owed, stan: '000001' },
    },
  ],
  ['a refund is out and not on the open list', { step: out('refund'), advice: adviceOf('000078') }],
  ['a batch is being closed while a result is unknown', { settlement: closing, advice: inDoubt }],
  [
    'a request is out and its reversal is not armed',
    { step: { kind: 'authorizing', attempt: sale, cancelAsked: false, wait } },
  ],
  [
    'a request is out and its reversal is not armed',
    {
      step: {
        kind: 'completing',
        attempt: sale,
        reply: { mti: '', mac: 'good', fields: {} },
        wait,
      },
      reversal: owed,
    },
  ],
  [
    'an outcome is unknown and nothing is owed',
    { step: { kind: 'reversing', attempt: sale, why: { key: '', params: {} }, wait } },
  ],
  [
    'a customer is asked to pay while an older reversal is owed',
    { step: { kind: 'present', ...asking }, reversal: owed },
  ],
  [
    'a result is unknown and nothing is owed',
    {
      step: {
        kind: 'result',
        outcome: 'unknown',
        order: sale.order,
        record: '',
        trace: '',
        channel: '',
        last4: '',
        mayTryAgain: false,
      },
    },
  ],
  ['a reversal is armed and no request is out', { reversal: armed }],
  [
    'a refund is out and not on the open list',
    {
      step: {
        kind: 'authorizing',
        attempt: attemptOf('refund', '000066'),
        cancelAsked: false,
        wait,
      },
    },
  ],
  [
    'a refund in doubt was replaced by another',
    { advice: inDoubt === null ? null : { ...inDoubt, id: 'another' } },
    { advice: inDoubt },
  ],
  [
    'a customer is served while the batch is being closed',
    { settlement: closing, step: { kind: 'present', ...asking } },
  ],
  ['a batch is being closed while a result is unknown', { settlement: closing, reversal: owed }],
  [
    'a batch was closed and its log was kept',
    { counters: { ...counters, batch: counters.batch + 1 }, inBatch: 1 },
    { settlement: closing },
  ],
  [
    'a batch was closed and a number was passed over',
    { counters: { ...counters, batch: counters.batch + 2 }, inBatch: 0 },
    { settlement: closing },
  ],
  [
    'payments left the batch unsettled',
    { inBatch: 0, settlement: closing },
    { inBatch: 1, settlement: closing },
  ],
  ['payments left the batch unsettled', { inBatch: 1 }, { inBatch: 2 }],
  ['a reversal was forgotten', { reversal: null }, { reversal: owed }],
  ['a reversal was forgotten', { reversal: other }, { reversal: owed }],
  ['a refund in doubt was forgotten', { advice: null }, { advice: waiting }],
  [
    `${record.id} is refunded beyond its amount`,
    { recent: [{ ...record, refundedMinor: minor(record.paidMinor + 1) }] },
  ],
  [`${record.id} is voided twice`, { recent: [record, voided, { ...voided, id: 'w' }] }],
  [
    `${record.id} is voided and refunded`,
    { recent: [{ ...record, refundedMinor: minor(1) }, voided] },
  ],
  [
    'two slips at one printer',
    {
      slips: [
        ...sound.slips,
        { ...slip, slip: { ...slip.slip, job: 'X' }, state: 'printing' },
        { ...slip, slip: { ...slip.slip, job: 'Y' }, state: 'printing' },
      ],
    },
  ],
  ['two slips with one number', { slips: [...sound.slips, slip] }],
  [`slip ${slip.slip.job} vanished`, { slips: [] }, { slips: [slip] }],
]

/** Sound, though it looks like one of those. */
const SOUND: readonly (readonly [what: string, after: Change, before?: Change])[] = [
  [
    'the voucher number begins anew behind the last',
    { counters: { ...counters, stan: 1 } },
    { counters: { ...counters, stan: 999_999 } },
  ],
  [
    'the batch begins anew behind the last',
    { counters: { ...counters, batch: 1 } },
    { counters: { ...counters, batch: 999_998 } },
  ],
  ['a balance needs no reversal', { step: out('balance') }],
  ['a refund needs no reversal', { step: out('refund'), advice: adviceOf('000077') }],
  ['a request is out and its reversal armed', { step: out('sale'), reversal: armed }],
  [
    'a result is unknown and a refund in doubt',
    { step: { ...RESULT, outcome: 'unknown' }, advice: inDoubt },
  ],
  ['a result is known', { step: { ...RESULT, outcome: 'notPaid' } }],
  ['a refund is answered', { advice: null }, { advice: inDoubt }],
  [
    'a refund in doubt is answered',
    { advice: null, recent: [{ ...record, id: waiting?.id ?? '' }] },
    { advice: waiting },
  ],
  ['a refund in doubt is sent again', { advice: sentAgain }, { advice: waiting }],
  ['a request is answered', { reversal: null }, { reversal: armed }],
  [
    'a reversal is through',
    { reversal: null, recent: [{ ...record, id: owed?.id ?? '' }] },
    { reversal: owed },
  ],
  ['a reversal is sent', { reversal: sent }, { reversal: owed }],
  ['a payment is counted', { inBatch: 2 }, { inBatch: 1 }],
  ['a refund is sent', { advice: inDoubt }, { advice: null }],
  [
    'a batch is closed with its log',
    { counters: { ...counters, batch: counters.batch + 1 }, inBatch: 0 },
    { settlement: closing },
  ],
  ['a settlement is given up, and its log stays', { inBatch: 1 }, { settlement: closing }],
  [
    'a void that was refused is none',
    { recent: [record, voided, { ...voided, id: 'w', outcome: 'notPaid' }] },
  ],
  ['all of it is refunded', { recent: [{ ...record, refundedMinor: record.paidMinor }] }],
  ['a slip that is printed leaves', { slips: [] }, { slips: [{ ...slip, state: 'printed' }] }],
]

test.each(SOUND.map(([what, after, before]) => ({ what, after, before })))(
  'nothing is wrong when $what',
  ({ after, before }) => {
    const over = before?.settlement === undefined ? {} : { settlement: null }
    const was = { ...sound, ...before }
    expect(breaches(was, { ...was, ...over, ...after })).toEqual([])
  },
)

test.each(QUIET_PAGES)('no reversal is armed on the page $kind', (step) => {
  expect(breaches(sound, { ...sound, step })).toEqual([])
  expect(breaches(sound, { ...sound, step, reversal: owed })).toEqual([])
  expect(breaches(sound, { ...sound, step, reversal: armed })).toEqual([
    'a reversal is armed and no request is out',
  ])
})

test.each(SERVED)(
  'while a customer is served on the page $kind, nothing older is owed and no batch is closed',
  (step) => {
    expect(breaches(sound, { ...sound, step, reversal: owed })).toContain(
      'a customer is asked to pay while an older reversal is owed',
    )
    expect(breaches(sound, { ...sound, step, settlement: closing })).toContain(
      'a customer is served while the batch is being closed',
    )
  },
)

test('a day at the counter breaks no invariant', () => {
  expect(breaches(sound, sound)).toEqual([])
  expect(newBreaches(sound, sound)).toEqual([])
})

test.each(BROKEN.map(([sentence, after, before]) => ({ sentence, after, before })))(
  'it is noticed when $sentence',
  ({ sentence, after, before }) => {
    // A settlement that stood before is over afterwards.
    const over = before?.settlement === undefined ? {} : { settlement: null }
    const was = { ...sound, ...before }
    const is = { ...was, ...over, ...after }
    expect(breaches(was, is)).toContain(sentence)
    expect(newBreaches(was, is)).toContain(sentence)
  },
)
