/** After a large amount went back somebody says that the customer was told; until then it stands on the open list. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import { resultOptions } from '#core/counter/result-page.ts'
import { minor } from '#core/money.ts'
import { exceptionsOf } from '#core/report/exceptions.ts'
import type { Counter } from './counter.ts'
import { choose, openShop, sell, signInAs, toSale, voidLast } from './two-people.ts'

const LARGE = { refundGuard: { coolOffMs: 0, toldAboveMinor: minor(10_000) } }

function voided(yuan: number): Counter {
  const counter = openShop(LARGE)
  sell(counter, yuan)
  voidLast(counter)
  return counter
}

function offered(counter: Counter): boolean {
  const { step } = counter.state()
  if (step.kind !== 'result') throw new Error(step.kind)
  return resultOptions(counter.state(), step).some(({ id }) => id === 'customerTold')
}

function open(counter: Counter): readonly string[] {
  return openItems(counter.state()).map(({ message: { key } }) => key)
}

test('one tap on the page of the result says that the customer was told, and nothing is left open', () => {
  const counter = voided(101)
  expect([offered(counter), open(counter)]).toEqual([true, ['told.open']])
  choose(counter, 'customerTold')
  expect([counter.said(), offered(counter), open(counter)]).toEqual(['told.kept', false, []])
})

test('an amount at the limit asks for nothing', () => {
  const counter = voided(100)
  expect([offered(counter), open(counter)]).toEqual([false, []])
})

test('whoever goes on finds it on the open list, after a power cut too, and says it there', () => {
  const counter = voided(101)
  toSale(counter)
  signInAs(counter, '00')
  expect(open(counter)).toContain('told.open')
  counter.press('menu', '3')
  choose(counter, 'customerTold', `told-${counter.state().untold?.[0]?.record}`)
  expect(open(counter)).not.toContain('told.open')
  const before = counter.state()
  choose(counter, 'customerTold', `told-${before.recent.at(-1)?.id}`)
  expect(counter.state().untold).toEqual([])
})

test('while nobody has said so it stands on the list of the day', () => {
  const counter = voided(101)
  const facts = { records: [], earlierHolds: [], notes: [], state: counter.state() }
  expect(exceptionsOf(facts).map(({ why }) => why[0]?.key)).toEqual(['notTold'])
})

test('a sale is never asked about, however large', () => {
  const counter = openShop(LARGE)
  sell(counter, 5_000)
  expect(open(counter)).toEqual([])
})
