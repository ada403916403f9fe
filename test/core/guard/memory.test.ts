/** What the shop usually takes, as it is remembered: the edges of parts of the day, classes, limits and fading. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_PRICES, type PriceMemory, rarityOf, withPrice } from '#core/guard/price-memory.ts'
import { NO_HISTORY, standingOf, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { NOON } from '../counter.ts'

const HOUR = 3_600_000
const MIDNIGHT = NOON - 12 * HOUR

/** Which of the four parts one sale at this time of the day in China falls into. */
function partAt(ms: number): number {
  return withSale(NO_HISTORY, minor(100), MIDNIGHT + ms).findIndex((part) => part.length > 0)
}

test.each([
  ['midnight', 0, 0],
  ['before eleven', 11 * HOUR - 1, 0],
  ['eleven', 11 * HOUR, 1],
  ['before two', 14 * HOUR - 1, 1],
  ['two', 14 * HOUR, 2],
  ['before five', 17 * HOUR - 1, 2],
  ['five', 17 * HOUR, 3],
  ['before midnight', 24 * HOUR - 1, 3],
])('%s lies in its part of the day', (_when, ms, part) => {
  expect(partAt(ms)).toBe(part)
})

test('a clock before 1970 has parts of the day too', () => {
  expect(withSale(NO_HISTORY, minor(100), -NOON).flat()).toHaveLength(1)
})

/** Whether one past sale of this many fen counts as one of the same class as these. */
function isLike(past: number, fen: number): boolean {
  const history = withSale(NO_HISTORY, minor(past), NOON)
  const { atLeast, atMost } = standingOf(history, minor(fen), NOON, 1)
  return atLeast === 1000 && atMost === 1000
}

test.each([
  [1000, 1499, true],
  [1000, 1500, false],
  [1500, 1999, true],
  [9500, 9999, true],
  [9999, 10_000, false],
  [1000, 100, false],
  [1, 2, false],
  [0, 1, true],
])('%i and %i fen are of one class: %s', (past, fen, same) => {
  expect(isLike(past, fen)).toBe(same)
})

test('whatever was sold: a larger amount stands above more of it, and its own class counts on both sides', () => {
  const fen = fc.integer({ min: 0, max: 10_000_000 })
  fc.assert(
    fc.property(fc.array(fen, { minLength: 1, maxLength: 30 }), fen, fen, (sold, one, other) => {
      const history = sold.reduce((all, past) => withSale(all, minor(past), NOON), NO_HISTORY)
      const [small, large] = [Math.min(one, other), Math.max(one, other)].map((amount) =>
        standingOf(history, minor(amount), NOON, 1),
      )
      expect(small?.atMost).toBeLessThanOrEqual(large?.atMost ?? 0)
      expect(small?.atLeast).toBeGreaterThanOrEqual(large?.atLeast ?? 0)
      expect(small?.sales).toBe(sold.length)
      const [first = 0] = sold
      expect(standingOf(history, minor(first), NOON, 1).atMost).toBeGreaterThan(0)
    }),
  )
})

test('classes lie in order, each once, however they came', () => {
  const history = [5000, 100, 90_000, 100, 5000].reduce(
    (all, past) => withSale(all, minor(past), NOON),
    NO_HISTORY,
  )
  const [classes, counts] = [0, 1].map((column) => (history[1] ?? []).map((row) => row[column]))
  expect(classes).toEqual(classes?.toSorted((one, other) => (one ?? 0) - (other ?? 0)))
  expect(counts).toEqual([2, 2, 1])
})

test('with enough sales in this part of the day the others say nothing; with one less they do', () => {
  let history = withSale(NO_HISTORY, minor(90_000), NOON + 7 * HOUR)
  for (let sale = 0; sale < 3; sale += 1) history = withSale(history, minor(100), NOON)
  expect(standingOf(history, minor(100), NOON, 3).sales).toBe(3)
  expect(standingOf(history, minor(100), NOON, 4)).toEqual({ sales: 4, atMost: 750, atLeast: 1000 })
})

test('of nothing that was sold nothing is said', () => {
  expect(standingOf(NO_HISTORY, minor(100), NOON, 1)).toEqual({ sales: 0, atMost: 0, atLeast: 0 })
})

test('at two thousand all counts of that part of the day are halved, and what was sold once is forgotten', () => {
  let history = withSale(NO_HISTORY, minor(90_000), NOON)
  history = withSale(history, minor(700), NOON + 7 * HOUR)
  for (const fen of [5000, 5000]) history = withSale(history, minor(fen), NOON)
  for (let sale = 0; sale < 1996; sale += 1) history = withSale(history, minor(100), NOON)
  expect(history[1]?.map(([, sales]) => sales)).toEqual([1996, 2, 1])
  const faded = withSale(history, minor(100), NOON)
  expect(faded[1]?.map(([, sales]) => sales)).toEqual([998, 1])
  expect(faded[3]?.map(([, sales]) => sales)).toEqual([1])
})

function prices(amounts: readonly (readonly [fen: number, times: number])[]): PriceMemory {
  let memory = NO_PRICES
  for (const [fen, times] of amounts)
    for (let sale = 0; sale < times; sale += 1) memory = withPrice(memory, minor(fen))
  return memory
}

test.each([
  ['never', 999, 100],
  ['once', 100, 300],
  ['twice', 200, 300],
  ['seven times', 300, 1000],
])('an amount that was taken %s: so many of a thousand sales are as rare', (_how, fen, amount) => {
  const memory = prices([
    [100, 1],
    [200, 2],
    [300, 7],
  ])
  expect(rarityOf(memory, minor(fen)).amount).toBe(amount)
})

test('of nothing that was sold nothing is rare', () => {
  expect(rarityOf(NO_PRICES, minor(100))).toEqual({ sales: 0, amount: 1000, ending: 1000 })
})

test('an ending is the last digit of the yuan and the fen', () => {
  const memory = prices([
    [12_880, 3],
    [2880, 1],
  ])
  expect(memory.endings).toEqual({ often: [[2880 % 1000, 4]], rest: 0 })
  expect(rarityOf(memory, minor(99_880))).toMatchObject({ sales: 4, amount: 250, ending: 1000 })
  expect(rarityOf(memory, minor(99_800))).toMatchObject({ sales: 4, ending: 0 })
})

test('a hundred and sixty prices are a price list; one more, and only their sales are counted', () => {
  const list = Array.from({ length: 160 }, (_, index) => [1000 * (index + 1), 1] as const)
  const full = prices(list)
  expect(full.amounts).toMatchObject({ rest: 0 })
  expect(full.amounts.often).toHaveLength(160)
  expect(withPrice(full, minor(1000)).amounts.often[0]).toEqual([1000, 2])
  const none = withPrice(full, minor(999_000))
  expect(none.amounts).toEqual({ often: [], rest: 161 })
  expect(withPrice(none, minor(1000)).amounts).toEqual({ often: [], rest: 162 })
})

test('forty endings are some; one more, and only sales are counted', () => {
  const list = Array.from({ length: 40 }, (_, index) => [1000 + index, 1] as const)
  expect(prices(list).endings.often).toHaveLength(40)
  expect(prices([...list, [1999, 1]]).endings).toEqual({ often: [], rest: 41 })
})

test('at two thousand counts are halved; what was taken once is kept as a number alone', () => {
  const full = prices([
    [100, 1],
    [300, 3],
    [250, 2],
    [200, 1994],
  ])
  const next = withPrice(full, minor(200)).amounts
  expect(next).toEqual({
    often: [
      [300, 1],
      [250, 1],
      [200, 998],
    ],
    rest: 0,
  })
  const two = prices([
    [100, 1],
    [101, 1],
    [200, 1998],
  ])
  expect(withPrice(two, minor(200)).amounts).toEqual({ often: [[200, 1000]], rest: 1 })
})

test('a price list that never was one begins anew', () => {
  const list = Array.from({ length: 161 }, (_, index) => [1000 * (index + 1), 1] as const)
  const full = prices([...list, [1000, 2000 - 161]])
  expect(full.amounts).toEqual({ often: [], rest: 2000 })
  expect(withPrice(full, minor(1000)).amounts).toEqual({ often: [[1000, 1]], rest: 0 })
})

test('one price too many just when counts are halved: the sales that are left are counted, not those of before', () => {
  const list = Array.from({ length: 160 }, (_, index) => [1000 * (index + 1), 12] as const)
  const full = prices([...list, [1000, 80]])
  const { often, rest } = withPrice(full, minor(999_000)).amounts
  expect(often).toEqual([])
  expect(rest).toBe(1001)
})
