/** An amount unlike the others asks for more than a key press; an honest one costs nothing. */
import { expect, test } from 'vitest'
import { type AmountGuard, checkAmount } from '#core/guard/amount-check.ts'
import { NO_PRICES, type PriceMemory, withPrice } from '#core/guard/price-memory.ts'
import { NO_HISTORY, type SalesHistory, standingOf, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import { AMOUNT_GUARD, type Counter, counterFrom, NOON, SETUP, withPins } from './counter.ts'

const GUARD: AmountGuard = {
  ...AMOUNT_GUARD,
  secondPersonAboveMinor: minor(2_000_000),
  unknownBelow: 5,
}

/** A noodle shop at noon: 300 sales of 18 to 47 yuan. */
function noodleShop(): SalesHistory {
  let history = NO_HISTORY
  for (let sale = 0; sale < 300; sale += 1)
    history = withSale(history, minor(1800 + (sale % 30) * 100), NOON)
  return history
}

function check(yuan: number, history = noodleShop(), prices = NO_PRICES) {
  const amountMinor = minor(Math.round(yuan * 100))
  return checkAmount(GUARD, { amountMinor, at: NOON, operator: '01', history, prices, recent: [] })
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

/** Thirty prices of a bakery, each sold ten times; nothing else is ever sold. */
function bakery(): PriceMemory {
  let prices = NO_PRICES
  for (let sale = 0; sale < 300; sale += 1)
    prices = withPrice(prices, minor(450 * (1 + (sale % 30))))
  return prices
}

test.each([
  ['a price of the shop', 27, 0, []],
  ['the key beside it', 28, 2, ['newPrice']],
  ['two digits swapped', 31.5, 0, []],
  ['a digit of the fen', 27.1, 2, ['newPrice']],
] as const)('where few prices repeat, %s (%f yuan) is level %i', (_what, yuan, level, reasons) => {
  expect(check(yuan, noodleShop(), bakery())).toEqual({ level, reasons })
})

test('a jeweller whose prices end in 0 or 8 is asked about one that ends in 6, and about no other new one', () => {
  let prices = NO_PRICES
  for (let sale = 0; sale < 400; sale += 1)
    prices = withPrice(prices, minor(1_000 * (100 + sale) + (sale % 2) * 800))
  expect(check(38, noodleShop(), prices).level).toBe(0)
  expect(check(36, noodleShop(), prices)).toEqual({ level: 2, reasons: ['newEnding'] })
})

test('where every trolley costs something else, a new amount is as usual as any', () => {
  let prices = NO_PRICES
  for (let sale = 0; sale < 1_000; sale += 1) prices = withPrice(prices, minor(1_800 + sale * 7))
  expect(check(25.01, noodleShop(), prices)).toEqual({ level: 0, reasons: [] })
  expect(prices.amounts.often.length).toBe(0)
})

test('a new price is asked about a few times, and then it is one of the shop', () => {
  let prices = bakery()
  const before = check(29, noodleShop(), prices)
  for (let sale = 0; sale < 10; sale += 1) prices = withPrice(prices, minor(2_900))
  expect([before.level, check(29, noodleShop(), prices).level]).toEqual([2, 0])
})

test('the memory of prices stays small however much is sold, and old prices fade', () => {
  let prices = bakery()
  for (let sale = 0; sale < 9_000; sale += 1)
    prices = withPrice(prices, minor(100 * (1 + (sale % 40))))
  const { often } = prices.amounts
  expect(often.length).toBeLessThanOrEqual(160)
  expect(often.reduce((sum, [, times]) => sum + times, 0)).toBeLessThanOrEqual(2_000)
  expect(check(27 + 4.5 * 0.1, noodleShop(), prices).reasons).toContain('newPrice')
})

test('after a large sale the result asks whether the amount is right, and the correction is on that page; one key more is nobody asked for', () => {
  const asking = { ...GUARD, enoughSales: 2_000, askRightAboveMinor: minor(50_000) }
  const counter = counterFrom(
    { ...initialState(), operators: withPins(PEOPLE) },
    { ...SETUP, amountGuard: asking, operators: PEOPLE },
  )
  counter.open()
  const paid = (yuan: number) => {
    counter.ask(yuan)
    counter.presentCard()
    counter.reply()
    return counter.said()
  }
  expect(paid(500)).toBe('host.approved')
  counter.press('cancel')
  expect(paid(501)).toBe('host.approvedLarge')
  counter.press('0')
  expect(counter.step()).toBe('whatWasWrong')
})
