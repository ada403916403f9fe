/** An amount unlike the others asks for more than a key press; an honest one costs nothing. */
import { expect, test } from 'vitest'
import { type AmountGuard, checkAmount, isNewHere } from '#core/guard/amount-check.ts'
import { NO_PRICES, type PriceMemory, withPrice } from '#core/guard/price-memory.ts'
import { NO_HISTORY, type SalesHistory, standingOf, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { AMOUNT_GUARD, type Counter, counterFrom, NOON, SETUP, withPins } from './counter.ts'
import { recordOf } from './report/day-record.ts'

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

/** Judged in a shop that knows nothing yet, with a limit for a second person. */
function alone(yuan: number, recent: readonly TransactionRecord[] = [], at = NOON) {
  const amountMinor = minor(Math.round(yuan * 100))
  const sought = { amountMinor, at, operator: '01', history: NO_HISTORY, prices: NO_PRICES, recent }
  return checkAmount(GUARD, sought)
}

/** Of 38.00 unless said otherwise. */
const sold = (change: Partial<TransactionRecord> = {}) => recordOf({ stan: '000001', ...change })
const due = (yuan: number) => ({ dueMinor: minor(Math.round(yuan * 100)) })

test.each([
  ['ten times the last sale', 380, sold(), true],
  ['nearly ten times', 379.99, sold(), false],
  ['a tenth of it', 3.8, sold(), true],
  ['a little more than a tenth', 3.81, sold(), false],
  ['ten times a sale that was not paid', 380, sold({ outcome: 'notPaid' }), true],
  ['ten times the last sale of somebody else', 380, sold({ operator: '02' }), false],
  ['ten times the last refund', 380, sold({ kind: 'refund' }), false],
  ['ten times what was due, of which a part was paid', 500, sold({ ...due(50) }), true],
] as const)('%s (%f yuan) is far from it: %s', (_what, yuan, last, isFar) => {
  expect(alone(yuan, [last]).reasons.includes('farFromLast')).toBe(isFar)
})

test('the last sale counts, not one before it', () => {
  const recent = [sold({ ...due(3.8) }), sold(), sold({ kind: 'void', ...due(3.8) })]
  expect(alone(38.5, recent).reasons).toEqual([])
})

const MINUTE = 60_000
const backAt = (...minutes: readonly number[]) =>
  minutes.map((minute) => sold({ kind: 'void', at: NOON - minute * MINUTE, operator: '02' }))

test.each([
  ['four within ten minutes', backAt(12, 8, 5, 2), true],
  ['three within ten minutes', backAt(8, 5, 2), false],
  ['four in eleven minutes', backAt(13, 8, 5, 2), false],
  ['four within ten minutes, a quarter of an hour ago', backAt(25, 20, 18, 15), true],
  ['four within ten minutes, longer ago', backAt(26, 20, 18, 16), false],
  ['four of which one is a refund', [...backAt(8, 5, 2), sold({ kind: 'refund', at: NOON })], true],
  [
    'four of which one was refused',
    [...backAt(8, 5, 2), sold({ kind: 'void', outcome: 'notPaid', at: NOON })],
    false,
  ],
  ['three and a sale', [...backAt(8, 5, 2), sold({ at: NOON })], false],
  ['the first four of five', backAt(14, 13, 12, 11, 0), true],
] as const)('corrections: %s make every amount stand longer: %s', (_what, recent, harder) => {
  const { level, reasons } = alone(25, recent)
  expect([level, reasons]).toEqual(harder ? [1, ['manyCorrections']] : [0, []])
})

test.each([
  ['nothing else', 25, 1],
  ['what is only looked at', 1000, 2],
  ['what is keyed again', 3850, 2],
] as const)(
  'after many corrections %s is one level harder, and none is keyed three times',
  (_what, yuan, level) => {
    const recent = backAt(8, 5, 2, 1)
    const amountMinor = minor(yuan * 100)
    const history = yuan === 3850 ? noodleShop() : NO_HISTORY
    const sought = { amountMinor, at: NOON, operator: '01', history, prices: NO_PRICES, recent }
    expect(checkAmount(GUARD, sought).level).toBe(level)
  },
)

test.each([
  [20_000, 1],
  [20_000.01, 3],
])('%f yuan against a limit of 20000: level %i', (yuan, level) => {
  expect(alone(yuan).level).toBe(level)
  const limitless = { ...GUARD, secondPersonAboveMinor: null }
  const amountMinor = minor(Math.round(yuan * 100))
  const sought = { amountMinor, at: NOON, operator: '01', history: NO_HISTORY, prices: NO_PRICES }
  expect(checkAmount(limitless, { ...sought, recent: [] }).level).toBe(1)
})

test('the run of equal digits is one of yuan', () => {
  expect(alone(12.22).reasons).toEqual([])
  expect(alone(1223.33).reasons).toEqual([])
  expect(alone(1222).reasons).toEqual(['sameDigits'])
})

/** A thousand sales at midday, so many thousandths of them of 1 yuan and of 900 yuan, the rest of 30. */
function spread(low: number, high: number): SalesHistory {
  let history = NO_HISTORY
  for (let sale = 0; sale < 1000; sale += 1)
    history = withSale(history, minor(sale < low ? 100 : sale < low + high ? 90_000 : 3000), NOON)
  return history
}

test.each([
  ['below the edge', 4, 0, 1, ['unusuallyLow']],
  ['on the edge of unusual', 5, 0, 1, ['nearEdge']],
  ['just within', 19, 0, 1, ['nearEdge']],
  ['usual', 20, 0, 1, []],
  ['above the edge', 0, 9, 900, ['unusuallyHigh']],
  ['on the edge of unusual above', 0, 10, 900, ['nearEdge']],
  ['just within above', 0, 29, 900, ['nearEdge']],
  ['usual above', 0, 30, 900, []],
] as const)(
  '%s: %i thousandths at 1 yuan and %i at 900, and %i yuan is %j',
  (_w, low, high, yuan, reasons) => {
    expect(check(yuan, spread(low, high)).reasons).toEqual(reasons)
  },
)

test.each([
  [99, []],
  [100, ['unusuallyHigh']],
])('after %i sales one hundred times as high is %j', (sales, reasons) => {
  let history = NO_HISTORY
  for (let sale = 0; sale < sales; sale += 1) history = withSale(history, minor(3000), NOON)
  expect(check(250, history).reasons).toEqual(reasons)
})

test.each([
  ['an amount that a hundredth of would be usual', 3000, ['unusuallyHigh', 'pointLost']],
  ['an amount of which a hundredth would be as unusual', 60_000 / 100 + 25, ['unusuallyHigh']],
  ['an amount that a hundredfold of would be usual', 0.3, ['unusuallyLow', 'pointLost']],
  ['an amount of which a hundredfold would be as unusual', 2, ['unusuallyLow']],
] as const)('%s (%f yuan): %j', (_what, yuan, reasons) => {
  const told = check(yuan, spread(0, 0)).reasons.filter((one) => one !== 'sameDigits')
  expect(told).toEqual(reasons)
})

test.each([
  ['nothing is asked where no share is set', { unknownBelow: 0 }, 28, []],
  ['too few sales say nothing of so small a share', { unknownBelow: 3 }, 28, []],
  ['enough say that it is new', { unknownBelow: 4 }, 28, ['newPrice']],
  ['fewer sales than the shop wants say nothing', { unknownBelow: 5, enoughSales: 301 }, 28, []],
  ['just as many as it wants do', { unknownBelow: 5, enoughSales: 300 }, 28, ['newPrice']],
] as const)('of a price that was never taken: %s', (_what, change, yuan, reasons) => {
  const amountMinor = minor(yuan * 100)
  const sought = { amountMinor, at: NOON, operator: '01', prices: bakery(), recent: [] }
  const told = checkAmount({ ...GUARD, ...change }, { ...sought, history: NO_HISTORY }).reasons
  expect(told).toEqual(reasons)
  const { unknownBelow: _share, ...shareless } = GUARD
  expect(checkAmount(shareless, { ...sought, history: NO_HISTORY }).reasons).toEqual([])
})

test.each([
  ['newPrice', true],
  ['newEnding', true],
  ['unusuallyHigh', false],
] as const)('the last digits of an amount count that is here for %s: %s', (reason, isNew) => {
  expect(isNewHere({ level: 2, reasons: ['sameDigits', reason] })).toBe(isNew)
})

test.each([
  [4, ['newPrice']],
  [5, []],
])(
  'where %i of a thousand sales were of an amount that was taken once, another is %j',
  (once, reasons) => {
    let prices = NO_PRICES
    for (let sale = 0; sale < 1000; sale += 1)
      prices = withPrice(prices, minor(sale < once ? 10_000 * (sale + 1) : 3000))
    expect(check(70, NO_HISTORY, prices).reasons).toEqual(reasons)
  },
)
