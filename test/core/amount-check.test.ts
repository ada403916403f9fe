/** An amount unlike the others asks for more than a key press; an honest one costs nothing. */
import { expect, test } from 'vitest'
import { type AmountGuard, checkAmount } from '#core/guard/amount-check.ts'
import { NO_HISTORY, type SalesHistory, standingOf, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, counterFrom, NOON, SETUP, withPins } from './counter.ts'

const GUARD: AmountGuard = {
  enoughSales: 100,
  unusualBelow: 5,
  unusualAbove: 10,
  edgeBelow: 20,
  edgeAbove: 30,
  secondPersonAboveMinor: minor(2_000_000),
  lookMs: 800,
}

/** A noodle shop at noon: 300 sales of 18 to 47 yuan. */
function noodleShop(): SalesHistory {
  let history = NO_HISTORY
  for (let sale = 0; sale < 300; sale += 1)
    history = withSale(history, minor(1800 + (sale % 30) * 100), NOON)
  return history
}

function check(yuan: number, history = noodleShop()) {
  const amountMinor = minor(Math.round(yuan * 100))
  return checkAmount(GUARD, { amountMinor, at: NOON, operator: '01', history, recent: [] })
}

test.each([
  [25, 0, []],
  [38.5, 0, []],
  [380, 2, ['unusuallyHigh']],
  [2.5, 2, ['unusuallyLow']],
  [3850, 2, ['unusuallyHigh', 'pointLost']],
  [0.25, 2, ['unusuallyLow', 'pointLost']],
  [20_001, 3, ['unusuallyHigh', 'sameDigits', 'aboveLimit']],
] as const)('%f yuan in a noodle shop: level %i, because of %j', (yuan, level, reasons) => {
  expect(check(yuan)).toEqual({ level, reasons })
})

test('with too few past sales nothing is unusual, but a run of equal digits is still looked at', () => {
  expect(check(3850, NO_HISTORY)).toEqual({ level: 0, reasons: [] })
  expect(check(1000, NO_HISTORY)).toEqual({ level: 1, reasons: ['sameDigits'] })
})

test('what is usual at midday is not held against the evening when the evening has its own sales', () => {
  const evening = NOON + 7 * 3_600_000
  let history = noodleShop()
  for (let sale = 0; sale < 100; sale += 1) history = withSale(history, minor(20_000), evening)
  expect(standingOf(history, minor(20_000), evening, 100)).toMatchObject({ atLeast: 1000 })
  expect(standingOf(history, minor(20_000), NOON, 100)).toMatchObject({ sales: 300, atLeast: 0 })
})

test('old habits fade: after the shop has changed its prices the new ones are usual', () => {
  let history = noodleShop()
  for (let sale = 0; sale < 4000; sale += 1) history = withSale(history, minor(30_000), NOON)
  expect(standingOf(history, minor(30_000), NOON, 100).sales).toBeLessThan(2000)
  expect(check(300, history).level).toBeLessThan(2)
})

/** A cashier and a supervisor who have chosen their PINs. */
const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

function shop(history: SalesHistory = noodleShop()): Counter {
  const operators = withPins(PEOPLE)
  const setup = { ...SETUP, amountGuard: GUARD, operators: PEOPLE }
  const counter = counterFrom({ ...initialState(), operators, history }, setup)
  counter.open()
  return counter
}

test('a usual amount: one confirmation opens the way to the customer', () => {
  const counter = shop()
  counter.ask(25)
  expect(counter.step()).toBe('present')
})

test('an extra zero: the page warns, the amount is keyed again, and what differs starts over uncharged', () => {
  const counter = shop()
  counter.press('2', '5', '0', 'confirm')
  expect(counter.said()).toBe('amount.unusuallyHigh')
  counter.press('confirm')
  expect(counter.step()).toBe('rekeyAmount')
  counter.press('2', '5', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['amount', 'amount.differs'])
  expect(counter.dos()).not.toContain('readCard')
})

test('an unusual amount that is meant: whole yuan keyed once more are enough', () => {
  const counter = shop()
  counter.press('2', '5', '0', '.', '5', 'confirm', 'confirm', '2', '5', '0', 'confirm')
  expect(counter.step()).toBe('present')
})

test('a second blind confirm on an unusual amount never reaches the customer', () => {
  const counter = shop()
  counter.press('2', '5', '0', 'confirm', 'confirm', 'confirm', 'confirm')
  expect(counter.step()).toBe('rekeyAmount')
})

test('a run of equal digits stands for a moment, then opens by itself; cancel takes it back', () => {
  const counter = shop(NO_HISTORY)
  counter.ask(1000)
  expect(counter.step()).toBe('lookAtAmount')
  expect(counter.dos()).toEqual(['startTimer'])
  counter.tell({ type: 'timerFired', timer: 'look' })
  expect(counter.step()).toBe('present')
  counter.press('cancel')
  counter.press('cancel')
  counter.ask(1000)
  counter.press('cancel')
  expect([counter.step(), counter.dos()]).toEqual(['amount', ['stopTimer']])
})

test('above the limit a second person allows the sale, after the amount was keyed again', () => {
  const counter = shop()
  counter.ask(30_000)
  counter.press('3', '0', '0', '0', '0', 'confirm')
  expect(counter.step()).toBe('approve')
})

test('a power cut while the amount is being checked: nothing was charged, and that is said', () => {
  const counter = shop()
  counter.ask(250)
  counter.restart()
  expect(counter.said()).toBe('order.unsent')
})

test('what is paid is learned: a hundred sales later the amount is usual', () => {
  const counter = shop(NO_HISTORY)
  counter.ask(25)
  counter.presentCard()
  counter.reply()
  expect(counter.state().history?.flat()).toEqual([[expect.any(Number), 1]])
})

test('what was unusual about an amount stays with its record', () => {
  const counter = shop()
  counter.press('2', '5', '0', 'confirm', 'confirm', '2', '5', '0', 'confirm')
  counter.presentCard()
  counter.reply()
  expect(counter.state().recent.at(-1)?.check).toEqual({ level: 2, reasons: ['unusuallyHigh'] })
})
