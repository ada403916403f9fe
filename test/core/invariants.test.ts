import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { breaches, newBreaches } from '#core/terminal/invariants.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import {
  attemptOf,
  combinations,
  everythingFound,
  openTerminal,
  slipStates,
} from './recovery/found-states.ts'

const sound = openTerminal()
const { counters } = sound
const [slip] = slipStates()
const [record] = sound.recent
if (slip === undefined || record === undefined) throw new Error('the terminal has sold nothing')
const found = everythingFound()
const armed = found.reversals.find((reversal) => reversal?.state === 'armed') ?? null
const owed = found.reversals.find((reversal) => reversal?.state === 'owed') ?? null
const inDoubt = found.refunds.find((refund) => refund !== null) ?? null
const closing = found.settlements.find((settlement) => settlement !== null) ?? null
const wait = { startedAt: 0, deadlineAt: 0 }
const sale = attemptOf('sale', '000077')
const voided = { ...record, id: 'v', kind: 'void' as const, original: record.id }
const asking = { order: sale.order, typed: '', read: 1, reading: true, wait }

/** A prime number, so that no dimension is left out by the step between. */
const STATES_COMPARED = 211

type Change = Partial<TerminalState>

/** What somebody broke, before and after, and the sentence that must come of it. */
const BROKEN: readonly (readonly [sentence: string, after: Change, before?: Change])[] = [
  ['counter stan went back', { counters: { ...counters, stan: 1 } }],
  ['counter batch went back', { counters: { ...counters, batch: 0 } }],
  ['counter job went back', { counters: { ...counters, job: 0 } }],
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

test('looking only at what has changed finds what looking at everything finds, from every sound situation to any other', () => {
  const states = combinations(found, sound)
  const every = Math.ceil(states.length / STATES_COMPARED)
  const some = states.filter((_, index) => index % every === 0)
  const sane = some.filter((state) => breaches(state, state).length === 0)
  const different = sane.filter((before) =>
    some.some((after) => breaches(before, after).join() !== newBreaches(before, after).join()),
  )
  expect(sane.length).toBeGreaterThan(10)
  expect(different).toEqual([])
})
