/** The page "what was wrong?", row by row: which means the terminal picks for what was said of which payment, and in which words. */
import { expect, test } from 'vitest'
import type { Cause } from '#core/correction/cause.ts'
import { FOLLOW_UPS_LIMIT, followUpOf } from '#core/correction/follow-up.ts'
import {
  askWhatWasWrong,
  causesOf,
  onWrongKey,
  onWrongOption,
  wrongOptions,
} from '#core/correction/guide.ts'
import { onExchangePrice, onRightAmount } from '#core/correction/right-amount.ts'
import { refundInstead } from '#core/correction/take-back.ts'
import { formatMinor, minor } from '#core/money.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { aSale } from './two-people.ts'

const { sale: SALE, state: STATE } = aSale()
const SETTLED = { batch: '000000' }

type Change = Partial<TransactionRecord>

function among(change: Change) {
  const original = { ...SALE, ...change }
  const step = { kind: 'whatWasWrong' as const, original }
  return { original, step, state: { ...STATE, recent: [original], step } }
}

/** What is asked now, and the words on the page. */
function told({ refused, state: { message, step, tone } }: Decision): string {
  if (refused !== null) return `refused: ${refused}`
  const words = [message?.key ?? '–', ...Object.values(message?.params ?? {}), tone]
  return `${asked(step)} | ${words.filter((word) => word !== null).join(' ')}`
}

function asked(step: TerminalState['step']): string {
  if (step.kind === 'confirmAmount') return `${step.order.kind ?? 'sale'} ${ofOrder(step.order)}`
  if (step.kind !== 'enterAmount') return step.kind
  const { cause, correcting, exchange, transaction, typed } = step
  const how = correcting === true ? (exchange === true ? 'price' : 'right amount') : 'how much'
  return [`${how} of ${transaction}`, typed, cause].filter(Boolean).join(', ')
}

function ofOrder({ afterwards, cause, dueMinor, follows }: Order): string {
  return [
    formatMinor(dueMinor),
    cause,
    afterwards && `then ${afterwards.kind} ${formatMinor(afterwards.dueMinor)}`,
    follows?.why,
  ]
    .filter(Boolean)
    .join(', ')
}

test.each<[Change, Cause, Key, string]>([
  [{}, 'wrongAmount', '1', 'right amount of sale | correct.rightAmount 000002 38.00 0012 key'],
  [
    {},
    'wrongPayer',
    '2',
    'void 38.00, wrongPayer, then sale 38.00 | correct.voidThenCollect 000002 38.00 0012 38.00 key',
  ],
  [{}, 'paidTwice', '3', 'void 38.00, paidTwice | correct.void 000002 38.00 0012 0.00 key'],
  [
    {},
    'holdMeant',
    '4',
    'void 38.00, holdMeant, then preAuth 38.00 | correct.voidThenCollect 000002 38.00 0012 38.00 key',
  ],
  [{}, 'customerWish', '5', 'void 38.00, customerWish | correct.void 000002 38.00 0012 0.00 key'],
  [{}, 'exchange', '6', 'price of sale | correct.exchangePrice 000002 38.00 0012 key'],
  [
    SETTLED,
    'wrongPayer',
    '2',
    'refund 38.00, wrongPayer, then sale 38.00 | correct.refundThenCollect 000002 38.00 0012 38.00 key',
  ],
  [
    SETTLED,
    'paidTwice',
    '3',
    'refund 38.00, paidTwice | correct.refund 000002 38.00 0012 0.00 key',
  ],
  // Of 38 yuan 8 went back: whoever pays in the place of this one owes 30.
  [
    { refundedMinor: minor(800) },
    'wrongPayer',
    '2',
    'refund 30.00, wrongPayer, then sale 30.00 | correct.refundThenCollect 000002 38.00 0012 30.00 key',
  ],
  [
    { refundedMinor: minor(800) },
    'holdMeant',
    '4',
    'refund 30.00, holdMeant, then preAuth 30.00 | correct.refundThenCollect 000002 38.00 0012 30.00 key',
  ],
  [
    { refundedMinor: minor(3800) },
    'customerWish',
    '5',
    'whatWasWrong | refund.nothingLeft refused',
  ],
  [{ closedBy: '000001-000003' }, 'wrongAmount', '1', 'whatWasWrong | void.already refused'],
  [{ closedBy: '000001-000003' }, 'wrongPayer', '2', 'whatWasWrong | void.already refused'],
  [
    { kind: 'preAuth' },
    'wrongAmount',
    '1',
    'right amount of preAuth | correct.rightAmount 000002 38.00 0012 key',
  ],
  [{ kind: 'preAuth' }, 'saleMeant', '2', 'how much of completion, 38 | – key'],
  [
    { kind: 'preAuth' },
    'customerWish',
    '3',
    'preAuthVoid 38.00, customerWish | correct.void 000002 38.00 0012 0.00 key',
  ],
  [
    { kind: 'preAuth', closedBy: '000001-000003' },
    'saleMeant',
    '2',
    'whatWasWrong | original.holdUsed refused',
  ],
  [
    { kind: 'completion' },
    'customerWish',
    '2',
    'completionVoid 38.00, customerWish | correct.void 000002 38.00 0012 0.00 key',
  ],
  [
    { kind: 'refund' },
    'saleMeant',
    '1',
    'sale 38.00, giveBack | followUp.giveBack 38.00 000002 key',
  ],
  [{ kind: 'void' }, 'saleMeant', '1', 'sale 38.00, giveBack | followUp.giveBack 38.00 000002 key'],
])('of %j is said %s, by key %s or by touch: %s', (change, cause, key, outcome) => {
  const { state, step } = among(change)
  expect(told(onWrongKey(state, step, key))).toBe(outcome)
  expect(told(onWrongOption(state, step, cause))).toBe(outcome)
})

test.each<[Change, number, string, string]>([
  [
    {},
    3000,
    'void 38.00, wrongAmount, then sale 30.00 | correct.voidThenCollect 000002 38.00 0012 30.00 key',
    'refund 8.00, exchange | correct.exchangeBack 000002 8.00 0012 key',
  ],
  [
    {},
    3800,
    'whatWasWrong | correct.same refused',
    'amount | correct.exchangeEven 000002 38.00 0012',
  ],
  [
    {},
    4000,
    'sale 2.00, topUp | followUp.topUp 2.00 000002 key',
    'sale 2.00, exchange | followUp.exchange 2.00 000002 key',
  ],
  [
    SETTLED,
    3000,
    'refund 8.00, wrongAmount | correct.refundPart 000002 8.00 0012 key',
    'refund 8.00, exchange | correct.exchangeBack 000002 8.00 0012 key',
  ],
  [
    { refundedMinor: minor(800) },
    3800,
    'sale 8.00, topUp | followUp.topUp 8.00 000002 key',
    'sale 8.00, exchange | followUp.exchange 8.00 000002 key',
  ],
  [
    { refundedMinor: minor(800) },
    100,
    'refund 29.00, wrongAmount | correct.refundPart 000002 29.00 0012 key',
    'refund 29.00, exchange | correct.exchangeBack 000002 29.00 0012 key',
  ],
  [
    { kind: 'completion' },
    3000,
    'refund 8.00, wrongAmount | correct.refundPart 000002 8.00 0012 key',
    'refund 8.00, exchange | correct.exchangeBack 000002 8.00 0012 key',
  ],
  [
    { closedBy: '000001-000003' },
    4000,
    'whatWasWrong | void.already refused',
    'whatWasWrong | void.already refused',
  ],
  // Only a cause of sales and completions: of anything else no money goes back.
  [
    { kind: 'refund' },
    3000,
    'whatWasWrong | original.notASale refused',
    'whatWasWrong | original.notASale refused',
  ],
])(
  'of %j should have been charged %i: %s; goods of that price in exchange: %s',
  (change, yuan, right, exchange) => {
    const { original, state } = among(change)
    expect(told(onRightAmount(state, { original }, minor(yuan)))).toBe(right)
    expect(told(onExchangePrice(state, { original }, minor(yuan)))).toBe(exchange)
  },
)

test.each([3000, 4000])('a hold of the wrong amount is released for one of %i', (right) => {
  const { original, state } = among({ kind: 'preAuth' })
  const sum = formatMinor(minor(right))
  expect(told(onRightAmount(state, { original }, minor(right)))).toBe(
    `preAuthVoid 38.00, wrongAmount, then preAuth ${sum} | correct.voidThenCollect 000002 38.00 0012 ${sum} key`,
  )
})

test.each<[Change, string]>([
  [{}, 'whatWasWrong | correct.whatWasWrong 000002 38.00 key'],
  [{ outcome: 'notPaid' }, 'amount | original.notPaid refused'],
  [{ kind: 'preAuthVoid' }, 'amount | original.notVoidable refused'],
])('what was wrong with %j is asked: %s', (change, outcome) => {
  const { original, state } = among(change)
  expect(told(askWhatWasWrong({ ...state, step: STATE.step }, original))).toBe(outcome)
})

test('as many debts as the list takes are worked off first', () => {
  const debt = (at: number) =>
    followUpOf({ ...SALE, id: `000001-${at}` }, { kind: 'sale', dueMinor: minor(1), why: 'rest' })
  const some = Array.from({ length: FOLLOW_UPS_LIMIT }, (_, at) => debt(at))
  expect(told(askWhatWasWrong({ ...STATE, followUps: some }, SALE))).toBe(
    'amount | followUp.tooMany refused',
  )
  expect(told(askWhatWasWrong({ ...STATE, followUps: some.slice(1) }, SALE))).toContain(
    'correct.whatWasWrong',
  )
})

test('the page offers each cause by its digit, and 9 for what no means can mend', () => {
  const { original, state, step } = among({})
  expect(causesOf(original).map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(wrongOptions({ ...original, kind: 'void' })).toEqual([
    { id: 'saleMeant', key: '1' },
    { id: 'cannotMend', key: '9' },
  ])
  const incident = told(onWrongKey(state, step, '9'))
  expect(incident).toMatch(/^incident \|/)
  expect(told(onWrongOption(state, step, 'cannotMend'))).toBe(incident)
  expect(told(onWrongKey(state, step, 'cancel'))).toMatch(/^amount/)
  expect(told(onWrongKey(state, step, '7'))).toBe('refused: keyHasNoMeaningHere')
  expect(told(onWrongOption(state, step, 'saleMeant'))).toBe('refused: optionNotOffered')
})

test('a refund by its original: the amount comes next, whatever was wrong', () => {
  const { state, step } = among({ refundedMinor: minor(800) })
  const asksWhy = { ...step, refund: true as const }
  expect(told(onWrongOption(state, asksWhy, 'exchange'))).toBe(
    'how much of refund, 30, exchange | – key',
  )
  const open = among({ refundedMinor: minor(3800) })
  expect(told(onWrongOption(open.state, { ...open.step, refund: true }, 'exchange'))).toBe(
    'whatWasWrong | refund.nothingLeft refused',
  )
})

test.each<[Change, Partial<Order>, string]>([
  [{}, {}, 'refund 38.00 | correct.refundInstead 000002 38.00 0012 0.00 key'],
  [
    {},
    { cause: 'wrongPayer', afterwards: { kind: 'sale', dueMinor: minor(500) } },
    'refund 38.00, wrongPayer, then sale 5.00 | correct.refundInsteadThenCollect 000002 38.00 0012 5.00 key',
  ],
  [{ kind: 'preAuth' }, {}, 'whatWasWrong | original.notASale refused'],
])('the host refused the void of %j, wanted with %j: %s', (change, wanted, outcome) => {
  const { original, state } = among(change)
  const order: Order = { id: 1, kind: 'void', operator: '01', dueMinor: minor(3800), original }
  expect(told(refundInstead(state, { ...order, ...wanted }))).toBe(outcome)
})

test('a void of long ago is collected again when the journal has told what was collected before', () => {
  const { state, step } = among({ kind: 'void' })
  const asking = onWrongOption({ ...state, recent: [] }, step, 'saleMeant')
  expect(asking.effects).toMatchObject([{ do: 'searchRecords', wish: { by: 'follows' } }])
  expect([asking.state.step, asking.state.tone]).toEqual([step, 'refused'])
  const told = onWrongOption({ ...state, recent: [] }, { ...step, collected: [] }, 'saleMeant')
  expect(told.state.step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 3800 } })
})

test('a void in whose place more was collected than it gave back is not collected again', () => {
  const { original, state, step } = among({ kind: 'void' })
  const more = { ...original, id: '000001-000009', kind: 'sale', follows: original.id } as const
  const collected = [{ ...more, paidMinor: minor(4000) }]
  const asked = { ...step, collected }
  expect(told(onWrongOption({ ...state, recent: [] }, asked, 'saleMeant'))).toBe(
    'whatWasWrong | correct.collectedAgain 000002 38.00 0012 refused',
  )
})

test('without a payment that was voided there is nothing to refund instead', () => {
  const order: Order = { id: 1, kind: 'void', operator: '01', dueMinor: minor(3800) }
  expect(told(refundInstead(STATE, order))).toBe('refused: optionNotOffered')
})
