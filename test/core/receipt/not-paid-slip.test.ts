/** A code payment was in doubt and came to nothing: the customer gets a paper that says so, and nobody else does. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { openSlips } from '#core/receipt/decide.ts'
import { printNotPaid } from '#core/receipt/not-paid-slip.ts'
import type { Slip } from '#core/receipt/slip.ts'
import { stay } from '#core/terminal/decision.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { SLIPS_LIMIT } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'
import { jobOf, OPEN, queueOf, SALE } from './queues.ts'

/** The request of 38 yuan is out and no answer comes; then the acquirer says that nothing stands of it. */
function undone(present: (counter: Counter) => unknown, setup: Setup = SETUP): Counter {
  const counter = counterFrom(undefined, setup)
  counter.open()
  counter.ask(38)
  present(counter)
  const { step } = counter.state()
  const stan = step.kind === 'authorizing' ? step.attempt.stan : ''
  counter.tell({ type: 'hostSilent', stan })
  counter.replyToReversal('00')
  return counter
}

const papers = (counter: Counter) =>
  counter.state().slips.map(({ slip, state }) => [slip.facts.type, slip.copy, state])

test('a code payment is taken back: one paper for the customer, with what was asked for and the voucher number', () => {
  const counter = undone((one) => one.presentCode())
  expect(papers(counter)).toEqual([['notPaid', 'cardholder', 'printing']])
  expect(counter.state().slips[0]?.slip.facts).toMatchObject({
    amountMinor: 3800,
    channel: 'wechat',
    notPaid: { last4: '6741' },
    trace: counter.state().recent.at(-1)?.stan,
  })
})

test('a card, and a code that was refused at once, have none; nor has a shop that gives customers no papers', () => {
  expect(papers(undone((one) => one.presentCard()))).toEqual([])
  const merchantOnly = { ...SETUP, slips: { ...SETUP.slips, copies: ['merchant'] as const } }
  expect(papers(undone((one) => one.presentCode(), merchantOnly))).toEqual([])
  const refused = counterFrom()
  refused.open()
  refused.ask(38)
  refused.presentCode()
  refused.reply({ '39': '51' })
  expect(papers(refused)).toEqual([])
})

test('the paper is out: it is owed like any other slip, and says of the money what is true', () => {
  const counter = undone((one) => one.presentCode())
  const job = counter.state().slips[0]?.slip.job ?? ''
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble: 'paperOut' } })
  expect(papers(counter)).toEqual([['notPaid', 'cardholder', 'owed']])
})

const DOUBTFUL = {
  ...SALE,
  outcome: 'notPaid',
  channel: 'wechat',
  last4: '6741',
  slip: null,
} as const

test('nothing of a payment stands on it', () => {
  const { effects, refused, state } = printNotPaid(OPEN, DOUBTFUL)
  const slip: Slip = {
    facts: {
      type: 'notPaid',
      notPaid: { last4: '6741' },
      merchantName: SETUP.merchantName,
      merchantNumber: SETUP.merchantNumber,
      terminalNumber: SETUP.terminalNumber,
      operator: '01',
      acquirerName: SETUP.acquirerName,
      issuer: '',
      account: '',
      entry: 'code',
      channel: 'wechat',
      scheme: '',
      batch: SALE.batch,
      trace: SALE.stan,
      authCode: '',
      reference: '',
      dateTime: '2026-11-21 12:00:00',
      currency: '156',
      amountMinor: minor(3800),
      verification: 'codePayment',
      verificationLimitMinor: null,
      chip: [],
      remarks: [],
      hotline: SETUP.hotline,
    },
    copy: 'cardholder',
    mark: { kind: 'original' },
    job: '0003',
    drill: false,
  }
  expect(state.slips.at(-1)).toEqual({ record: SALE.id, slip, state: 'printing' })
  expect([effects, refused]).toEqual([[{ do: 'print', slip }], null])
})

test.each<[string, Partial<TransactionRecord>]>([
  ['what was paid', { outcome: 'approved' }],
  ['a card', { channel: 'card' }],
  ['what is no sale', { kind: 'refund' }],
])('%s has none', (_what, change) =>
  expect(printNotPaid(OPEN, { ...DOUBTFUL, ...change })).toEqual(stay(OPEN)),
)

test('the last place in the queue is taken, and no more', () => {
  const owed = Array.from({ length: SLIPS_LIMIT }, (_, at) => jobOf(`O${at}`, 'owed'))
  const full = queueOf(...owed)
  expect(printNotPaid(full, DOUBTFUL)).toEqual(stay(full))
  const room = queueOf(jobOf('E', 'printed'), ...owed.slice(1))
  expect(openSlips(printNotPaid(room, DOUBTFUL).state)).toHaveLength(SLIPS_LIMIT)
})
