/** An amount like this shop's others is confirmed by the key that opens the wait for the customer; any other has a page of its own. */
import { expect, test } from 'vitest'
import { BATCH_LIMIT } from '#core/batch/batch.ts'
import type { AmountGuard } from '#core/guard/amount-check.ts'
import { NO_HISTORY, type SalesHistory, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { AMOUNT_GUARD, type Counter, counterFrom, NOON, SETUP } from './counter.ts'
import { aSale } from './two-people.ts'

const GUARD: AmountGuard = {
  ...AMOUNT_GUARD,
  pageFor: 'unusual',
}

/** A noodle shop at noon: `sales` sales of 18 to 47 yuan. */
function noodleShop(sales = 300): SalesHistory {
  let history = NO_HISTORY
  for (let sale = 0; sale < sales; sale += 1)
    history = withSale(history, minor(1800 + (sale % 30) * 100), NOON)
  return history
}

function shop(history: SalesHistory, setup: Partial<Setup> = {}): Counter {
  const counter = counterFrom(
    { ...initialState(), history },
    { ...SETUP, amountGuard: GUARD, ...setup },
  )
  counter.open()
  return counter
}

test('a usual amount: digits, one key, and the customer may present', () => {
  const counter = shop(noodleShop())
  counter.press('2', '5', 'confirm')
  expect(counter.step()).toBe('present')
  expect(counter.dos()).toContain('readCard')
})

test('a second press in the hurry means nothing: one order, nothing sent', () => {
  const counter = shop(noodleShop())
  counter.press('2', '5', 'confirm')
  const orders = counter.state().counters
  counter.press('confirm', 'confirm')
  expect([counter.step(), counter.dos()]).toEqual(['present', []])
  expect(counter.state().counters).toEqual(orders)
})

const { pageFor: _, ...unsaid } = GUARD
test.each<[string, SalesHistory, AmountGuard]>([
  ['while the habits of the shop are not known', noodleShop(99), GUARD],
  ['where the merchant wants it each time', noodleShop(), { ...GUARD, pageFor: 'every' }],
  ['where nothing was said about it', noodleShop(), unsaid],
])('the amount has a page of its own %s', (_case, history, amountGuard) => {
  const counter = shop(history, { amountGuard })
  counter.press('2', '5', 'confirm')
  expect(counter.step()).toBe('confirmAmount')
  counter.press('confirm')
  expect(counter.step()).toBe('present')
})

test('as soon as the habits are known it has none, unless the same sum has just gone back', () => {
  const counter = shop(noodleShop(100))
  counter.press('2', '5', 'confirm')
  expect(counter.step()).toBe('present')
  const { sale, state } = aSale()
  const back = { ...sale, kind: 'refund' as const, id: '000001-000003', at: NOON }
  const setup = { ...state.setup, amountGuard: GUARD }
  const asked = (recent: readonly TransactionRecord[]) => {
    const known = counterFrom({ ...state, setup, history: noodleShop(), recent }, setup)
    known.press('3', '8', 'confirm')
    return [known.step(), known.said()]
  }
  expect(asked([sale])).toEqual(['present', null])
  expect(asked([sale, back])).toEqual(['confirmAmount', 'amount.justRefunded'])
})

test('an unusual amount has the page, with what is unusual about it', () => {
  const counter = shop(noodleShop())
  counter.press('2', '5', '0', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'amount.unusuallyHigh'])
})

test('an amount near the edge stands for a moment and goes on by itself', () => {
  const counter = shop(noodleShop(), { amountGuard: { ...GUARD, edgeBelow: 200 } })
  counter.press('1', '8', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['lookAtAmount', 'amount.look'])
  counter.tell({ type: 'timerFired', timer: 'look' })
  expect(counter.step()).toBe('present')
})

test('what cannot be sold now is said where the amount was typed, and the amount stays', () => {
  const open = shop(noodleShop()).state()
  const counter = counterFrom({ ...open, inBatch: BATCH_LIMIT }, open.setup)
  counter.press('2', '5', 'confirm')
  expect(counter.state().step).toEqual({ kind: 'amount', typed: '25' })
  expect(counter.said()).toBe('batch.full')
})

test('paper that will not last is said on the page, before the customer presents', () => {
  const counter = shop(noodleShop(), { slips: { ...SETUP.slips, rollLines: 10 } })
  counter.press('2', '5', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'paper.low'])
})

test('back from the customer the amount stands on its page again, unchanged', () => {
  const counter = shop(noodleShop())
  counter.press('2', '5', 'confirm')
  counter.tell({ type: 'timerFired', timer: 'present' })
  expect(counter.step()).toBe('confirmAmount')
})
