/** Money that goes back: limits of one piece and of the day, a pause before a large one, and a question when it looks like a mix-up. */
import { expect, test } from 'vitest'
import {
  coolOffMs,
  plausibilityTelling,
  type RefundGuard,
  refundTooMuch,
  withRefund,
} from '#core/guard/refund-guard.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, NOON, SETUP, withPins } from './counter.ts'

const DAY_MS = 86_400_000
const GUARD: RefundGuard = {
  mostMinor: minor(5_000),
  mostPerDayMinor: minor(8_000),
  coolOffAboveMinor: minor(3_000),
  coolOffMs: 10_000,
}

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

function paid(yuan: number): Counter {
  const operators = withPins(PEOPLE)
  const setup = { ...SETUP, operators: PEOPLE, refundGuard: GUARD }
  const counter = counterFrom({ ...initialState(), operators }, setup)
  counter.open()
  counter.ask(yuan)
  counter.presentCard()
  counter.reply()
  counter.press('cancel')
  return counter
}

/** To the amount of a refund of the last sale. */
function refundLast(counter: Counter): void {
  counter.press('menu', '2')
  const item =
    counter
      .state()
      .recent.findLast(({ kind, outcome }) => kind === 'sale' && outcome === 'approved')?.id ?? ''
  counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option: 'refund', item })
}

function approve(counter: Counter): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '00', correct: true })
}

test('one refund above the limit is refused before anybody is asked for anything', () => {
  const counter = paid(60)
  refundLast(counter)
  counter.press('confirm')
  expect([counter.step(), counter.said()]).toEqual(['enterAmount', 'refund.aboveLimit'])
})

test('the day has one allowance; the next day has a new one, and a clock set back has not', () => {
  const refunded = withRefund(withRefund(undefined, minor(3_000), NOON), minor(4_000), NOON)
  const ask = (amount: number, at: number) =>
    refundTooMuch(GUARD, { amountMinor: minor(amount), at, refunded })
  expect(ask(1_001, NOON)).toMatchObject({ key: 'refund.aboveDay', params: { max: '10.00' } })
  expect(ask(1_000, NOON)).toBeNull()
  expect(ask(5_000, NOON + DAY_MS)).toBeNull()
  expect(ask(1_001, NOON - DAY_MS)).toMatchObject({ key: 'refund.aboveDay' })
})

test('what went back is added up by the terminal itself', () => {
  const counter = paid(20)
  refundLast(counter)
  counter.press('confirm', 'confirm')
  approve(counter)
  counter.presentCard()
  counter.reply({ '3': '200000' }, 'good', '0230')
  expect(counter.state().refunded).toEqual({ day: '2026-11-21', minor: 2000 })
})

test('a large refund waits after the second person has allowed it, and cancel takes it back', () => {
  const counter = paid(40)
  refundLast(counter)
  counter.press('confirm', 'confirm')
  approve(counter)
  expect([counter.step(), counter.said()]).toEqual(['lookAtAmount', 'refund.coolOff'])
  counter.press('cancel')
  expect(counter.state().advice).toBeNull()
  expect(counter.step()).not.toBe('present')
})

test('a large refund that nobody cancels goes on to the card by itself', () => {
  const counter = paid(40)
  refundLast(counter)
  counter.press('confirm', 'confirm')
  approve(counter)
  counter.tell({ type: 'timerFired', timer: 'look' })
  expect(counter.step()).toBe('present')
})

test('a refund of what was not collected just now asks whether a sale was meant', () => {
  const counter = paid(38)
  counter.ask(38)
  counter.presentCard()
  counter.reply({ '39': '51' })
  counter.press('cancel')
  refundLast(counter)
  counter.press('confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'refund.saleMeant'])
})

test('a shop without limits refunds any amount on any day, at once', () => {
  const asked = {
    amountMinor: minor(9_000_000),
    at: NOON,
    refunded: withRefund(undefined, minor(1), NOON),
  }
  expect(refundTooMuch(undefined, asked)).toBeNull()
  expect(refundTooMuch({ coolOffMs: 5 }, asked)).toBeNull()
  expect(coolOffMs(undefined, minor(9_000_000))).toBe(0)
})

test('the limit of one refund is named, and is itself allowed; so is the amount up to which nothing waits', () => {
  const ask = (amount: number) =>
    refundTooMuch(GUARD, { amountMinor: minor(amount), at: NOON, refunded: undefined })
  expect(ask(5_001)).toMatchObject({ key: 'refund.aboveLimit', params: { max: '50.00' } })
  expect(ask(5_000)).toBeNull()
  expect([coolOffMs(GUARD, minor(3_000)), coolOffMs(GUARD, minor(3_001))]).toEqual([0, 10_000])
})

/** What is asked of a refund and of a sale of 38.00 by cashier 01, after one transaction that ended just now. */
function asksAfter(last: Partial<TransactionRecord>, later = 1_000, operator = '01') {
  const [record] = paid(38).state().recent
  if (record === undefined) throw new Error('nothing was kept')
  const recent = [{ ...record, at: NOON, ...last }]
  const asked = { amountMinor: minor(3_800), at: NOON + later, operator, recent }
  return (['refund', 'sale'] as const).map((kind) => plausibilityTelling(kind, asked)?.key ?? null)
}

test.each([
  {
    what: 'a sale that was not paid',
    last: { outcome: 'notPaid' },
    refund: 'refund.saleMeant',
    sale: null,
  },
  { what: 'a sale that was paid', last: {}, refund: null, sale: null },
  {
    what: 'a refund that went through',
    last: { kind: 'refund' },
    refund: null,
    sale: 'amount.justRefunded',
  },
  {
    what: 'a refund that did not',
    last: { kind: 'refund', outcome: 'notPaid' },
    refund: null,
    sale: null,
  },
  {
    what: 'a hold that was not granted',
    last: { kind: 'preAuth', outcome: 'notPaid' },
    refund: null,
    sale: null,
  },
] as const)(
  'after $what, the same amount by the same hand: asked what only a mix-up explains',
  ({ last, refund, sale }) => {
    expect(asksAfter(last)).toEqual([refund, sale])
  },
)

test('another hand, another amount or two minutes later is no mix-up', () => {
  const notPaid = { outcome: 'notPaid' } as const
  expect(asksAfter(notPaid, 120_000)).toEqual(['refund.saleMeant', null])
  expect(asksAfter(notPaid, 120_001)).toEqual([null, null])
  expect(asksAfter(notPaid, 1_000, '02')).toEqual([null, null])
  expect(asksAfter({ ...notPaid, dueMinor: minor(3_900) })).toEqual([null, null])
})

test('what is asked names the amount and the voucher that it is about', () => {
  const [record] = paid(38).state().recent
  if (record === undefined) throw new Error('nothing was kept')
  const recent = [{ ...record, at: NOON, outcome: 'notPaid' as const }]
  const asked = { amountMinor: minor(3_800), at: NOON, operator: '01', recent }
  expect(plausibilityTelling('refund', asked)?.params).toEqual({
    amount: '38.00',
    trace: record.stan,
  })
})
