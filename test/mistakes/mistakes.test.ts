import { beforeAll, expect, test } from 'vitest'
import { shippedTable } from '../qr/table.ts'
import { goals } from './goals.ts'
import { CLASSES, type ErrorClass } from './injector.ts'
import { fewEnough, reportPage } from './report.ts'
import { type MistakesResult, runMistakes } from './run.ts'
import { broken, type ClassTally, mean, type Tally } from './tally.ts'
import type { Variant } from './variants.ts'

const LISTINGS = ['listed', 'byPayer', 'byTotal', 'silent'] as const

/** `make mistakes` runs a hundred thousand. */
const ORDERS = 2_000

let result: MistakesResult
beforeAll(() => {
  result = runMistakes({ orders: ORDERS, table: shippedTable() })
}, 300_000)

function tallyOf(name: Variant['name']): Tally {
  const found = result.tallies.find(({ variant }) => variant.name === name)
  if (found === undefined) throw new Error(`${name} was not run`)
  return found.tally
}

function together(name: Variant['name'], classes: readonly ErrorClass[]): ClassTally {
  const sum: ClassTally = {
    injected: 0,
    visible: 0,
    visibleEscaped: 0,
    escaped: 0,
    repaired: 0,
    listed: 0,
    byPayer: 0,
    byTotal: 0,
    silent: 0,
  }
  const keys = [
    'injected',
    'visible',
    'visibleEscaped',
    'escaped',
    'repaired',
    ...LISTINGS,
  ] as const
  for (const one of classes) for (const key of keys) sum[key] += tallyOf(name).classes[one][key]
  return sum
}

test('whatever cashiers do: nobody pays twice, no wrong code is charged, no refund exceeds its sale, no slip is lost', () => {
  for (const { variant, tally } of result.tallies)
    expect([variant.name, broken(tally)]).toEqual([variant.name, []])
})

test('every class of mistakes is made somewhere', () => {
  expect(CLASSES.filter((name) => together('B3', [name]).injected === 0)).toEqual([])
})

test.each([
  ['a power cut, no paper, a customer who leaves', 'leavesOrCut'],
  ['the order typed again after a lost answer', 'repeatAfterTimeout'],
  ["a refund onto another person's card", 'refundOtherCard'],
  ['a receive code, a contact or goods under the scanner', 'wrongCode'],
] as const)('%s never reaches the acquirer wrongly', (_what, name) => {
  expect(together('B3', [name]).escaped).toBe(0)
})

test('an amount that is wrong by a factor reaches the acquirer far less often than with a plain yes or no', () => {
  const factors = ['extraZero', 'doubleKey', 'pointLost', 'oldAmount'] as const
  const ours = together('B3', factors).escaped
  expect(together('B1', factors).escaped).toBeGreaterThan(30)
  expect(ours * 4).toBeLessThan(together('B1', factors).escaped)
})

test('what the till sends is neither mistyped nor of another kind, and costs one key', () => {
  const sent = [
    'extraZero',
    'missingDigit',
    'swappedDigits',
    'neighbourKey',
    'blindConfirm',
    'saleForRefund',
    'preAuthForSale',
  ] as const
  expect(together('B4', sent)).toMatchObject({ escaped: 0 })
  expect(together('B3', sent).escaped).toBeGreaterThan(20)
  expect(mean(tallyOf('B4').extraTaps)).toBeLessThan(-1)
})

test('a wrong payment is repaired, listed or counted as silent: none is left out', () => {
  for (const { tally } of result.tallies)
    for (const { byPayer, byTotal, escaped, listed, repaired, silent } of Object.values(
      tally.classes,
    ))
      expect(repaired + listed + byPayer + byTotal + silent).toBe(escaped)
  expect(together('B3', CLASSES).repaired).toBeGreaterThan(0)
})

test('an honest sale pays digits and one key, and hardly anything more', () => {
  expect(mean(tallyOf('B1').extraTaps)).toBe(1)
  expect(mean(tallyOf('B3').extraTaps)).toBeLessThan(0.1)
  expect(mean(tallyOf('B3P').extraTaps)).toBeGreaterThan(1)
  expect(tallyOf('B3').falseAlarms / tallyOf('B3').honestSales).toBeLessThan(0.02)
})

test('what stands on no line is seen by the total of the shop, and the phone of the next customer by the name of the payer', () => {
  const ours = together('B3', CLASSES)
  expect(ours.byTotal).toBeGreaterThan(20)
  expect(together('B3', ['nextPhone']).byPayer).toBeGreaterThan(0)
  expect(ours.silent).toBeLessThan(3)
  expect(together('B1', CLASSES).silent).toBeGreaterThan(100)
  for (const name of ['B0', 'B1'] as const)
    expect(together(name, CLASSES)).toMatchObject({ byPayer: 0, byTotal: 0 })
})

test('the same days again: the same counts, so that a figure can be looked into', () => {
  const few = () =>
    runMistakes({ orders: 100, table: shippedTable() }).tallies.map(({ tally }) => tally)
  expect(few()).toEqual(few())
})

test('of a class that escapes nearly as often as with a plain yes or no the report says why no guard can see it', () => {
  const page = reportPage(result)
  expect(CLASSES.some((name) => !fewEnough(result.tallies, name))).toBe(true)
  expect(page).not.toContain('nobody knows')
})

test('the report names every class, and every goal with its figure', () => {
  const page = reportPage(result)
  for (const { goal, is, met } of goals(result.tallies))
    expect(page).toContain(`- ${met ? 'met' : '**missed**'}: ${goal} – ${is}`)
  expect(page.split('\n').filter((line) => line.startsWith('| one zero too many'))).toHaveLength(3)
})
