import { expect, test } from 'vitest'
import { createRandom } from '../simulation/random.ts'
import { isSame, payerOf, wantedOf } from './books.ts'
import { dayScript } from './day-script.ts'
import { CLASSES, drawMistake, WEIGHTS } from './injector.ts'
import { SHOP_KINDS, SHOPS } from './shops.ts'
import { createSight } from './sight.ts'
import { type FingerSlip, keysOf, slipped } from './slips-of-the-finger.ts'
import { percentile95, wilson } from './tally.ts'

const TABLE: readonly (readonly [FingerSlip, amountMinor: number, where: number, typed: string])[] =
  [
    ['extraZero', 3_850, 0, '380.5'],
    ['extraZero', 2_000, 0, '200'],
    ['missingDigit', 2_000, 0, '2'],
    ['missingDigit', 3_850, 0, '8.5'],
    ['doubleKey', 3_850, 0, '338.5'],
    ['swappedDigits', 3_850, 0, '83.5'],
    ['swappedDigits', 3_300, 0, '33'],
    ['neighbourKey', 3_850, 0, '28.5'],
    ['pointLost', 3_850, 0, '385'],
    ['pointLost', 3_800, 0, '3800'],
    ['oldAmount', 3_850, 0, '1238.5'],
  ]

test.each(TABLE)('%s of %i fen at %f is typed %s', (slip, amountMinor, where, typed) => {
  const luck = { where, which: 0, before: ['1', '2'] }
  expect(slipped(slip, keysOf(amountMinor), luck).join('')).toBe(typed)
})

test('a whole amount keyed as if the last two digits were fen is a hundredth', () => {
  const luck = { where: 0, which: 0.9, before: [] }
  expect(slipped('pointLost', keysOf(3_800), luck).join('')).toBe('0.38')
})

test('mistakes come as often as their weights say', () => {
  const random = createRandom(1)
  const seen = new Map<string, number>()
  const draws = 20_000
  for (let draw = 0; draw < draws; draw++) {
    const { error } = drawMistake(random, 1) ?? { error: 'none' }
    seen.set(error, (seen.get(error) ?? 0) + 1)
  }
  const sum = Object.values(WEIGHTS).reduce((all, weight) => all + weight, 0)
  for (const name of CLASSES) {
    const { low, high } = wilson(seen.get(name) ?? 0, draws)
    const wanted = WEIGHTS[name] / sum
    expect([name, low * 0.85 < wanted && wanted < high * 1.15]).toEqual([name, true])
  }
})

test.each(SHOP_KINDS)(
  'a day at the %s: every refund is about an earlier honest sale and not dearer',
  (kind) => {
    const script = dayScript(SHOPS[kind], 7)
    expect(script).toHaveLength(SHOPS[kind].ordersPerDay)
    for (const { order } of script) {
      if (order.refundOf === null) continue
      const sold = script[order.refundOf]
      expect(sold?.mistake).toBeNull()
      expect(order.amountMinor).toBeLessThanOrEqual(sold?.order.amountMinor ?? 0)
      expect(order.payer).toBe(sold?.order.payer)
    }
  },
)

test('whose money it is reads from card and code alike, and one fen is a difference', () => {
  expect([payerOf('C-P3'), payerOf('Q-P3-17')]).toEqual(['P3', 'P3'])
  const order = {
    index: 3,
    atMs: 0,
    refundOf: null,
    soldMinor: 0,
    payer: 'P3',
    tender: 'card',
  } as const
  const wanted = wantedOf({ ...order, kind: 'sale', amountMinor: 100 })
  expect(isSame(wanted, new Map([['P3', 100]]))).toBe(true)
  expect(isSame(wanted, new Map([['P3', 101]]))).toBe(false)
  expect(isSame(wanted, wantedOf({ ...order, kind: 'refund', amountMinor: 100 }))).toBe(false)
  expect(isSame(wanted, wantedOf({ ...order, kind: 'preAuth', amountMinor: 100 }))).toBe(false)
})

test('the interval of a share is that of Wilson: 0 of 100 is up to 3.7 %, 50 of 100 is 40.4 to 59.6 %', () => {
  expect(wilson(0, 100).low).toBe(0)
  expect(wilson(0, 100).high).toBeCloseTo(0.037, 3)
  expect(wilson(50, 100).low).toBeCloseTo(0.404, 3)
  expect(wilson(50, 100).high).toBeCloseTo(0.596, 3)
  expect(percentile95(Array.from({ length: 100 }, (_, index) => index + 1))).toBe(95)
})

test('what could be seen is said without a look at any guard: a second phone in view, never one that came alone', () => {
  const sight = createSight(SHOPS.bakery, 1)
  const order = {
    index: 3,
    atMs: 0,
    refundOf: null,
    soldMinor: 0,
    payer: 'P3',
    tender: 'code',
    kind: 'sale',
    amountMinor: 800,
  } as const
  const seen = (luck: number, where: number) =>
    sight({
      order,
      answerLost: false,
      attention: 0.3,
      look: 0.99,
      mistake: { error: 'nextPhone', slip: null, where, which: 0, luck },
    })
  expect([seen(0.2, 0.3), seen(0.2, 0.9), seen(0.8, 0.3)]).toEqual([true, false, false])
})
