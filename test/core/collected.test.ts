/** A payment is mended a second time: what was collected after it is not collected again, however long ago that was. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, digitKey } from './counter.ts'
import { choose, openShop, voidLast } from './two-people.ts'

/** The open difference is paid. */
function collect(counter: Counter): void {
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'cancel')
}

function mend(counter: Counter, id: string, cause: string, yuan: number): void {
  counter.press('menu', '2')
  choose(counter, 'correct', id)
  choose(counter, cause)
  counter.press(...String(yuan).split('').map(digitKey), 'confirm')
}

/** 38 yuan were paid, 2 were collected after them, and 1 after those. */
function collectedTwice(): { readonly counter: Counter; readonly records: TransactionRecord[] } {
  const counter = openShop()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'cancel')
  mend(counter, counter.state().recent[0]?.id ?? '', 'wrongAmount', 40)
  collect(counter)
  mend(counter, counter.state().recent[1]?.id ?? '', 'wrongAmount', 3)
  collect(counter)
  const records = [...counter.state().recent]
  expect(records.map(({ paidMinor }) => paidMinor)).toEqual([3800, 200, 100])
  return { counter, records }
}

/** Other payments later none of these is among the last ones; the first was looked for, and the page asks what was wrong with it. */
function monthsLater({ counter, records }: ReturnType<typeof collectedTwice>): Counter {
  const [first] = records
  if (first === undefined) throw new Error('nothing was paid')
  const state = { ...counter.state(), recent: [{ ...first, id: '000002-000001' }] }
  const later = counterFrom(
    { ...state, counters: { ...state.counters, batch: 2 } },
    counter.state().setup,
  )
  later.press('menu', '2')
  choose(later, 'search')
  choose(later, 'byTrace')
  later.press('1', 'confirm')
  found(later, records.slice(0, 1))
  choose(later, 'correct', records[0]?.id)
  return later
}

function found(counter: Counter, records: readonly TransactionRecord[]): void {
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records })
}

const RIGHT = [
  ['wrongAmount', ['4', '1'], 'correct.same', []],
  ['wrongAmount', ['4', '5'], 'followUp.topUp', [{ why: 'topUp', dueMinor: 400 }]],
  ['exchange', ['4', '5'], 'followUp.exchange', [{ why: 'exchange', dueMinor: 400 }]],
] as const

test.each(RIGHT)('%s, keyed %j: the difference, and the difference after it, count', (...told) => {
  const [cause, keys, said, owed] = told
  const { counter, records } = collectedTwice()
  counter.press('menu', '2')
  choose(counter, 'correct', records[0]?.id)
  expect(counter.dos()).not.toContain('searchRecords')
  choose(counter, cause)
  counter.press(...keys, 'confirm')
  expect([counter.said(), counter.state().followUps]).toMatchObject([said, owed])
})

test.each(RIGHT)('%s, keyed %j, after months: the journal tells what was collected', (...told) => {
  const [cause, keys, said, owed] = told
  const shop = collectedTwice()
  const later = monthsLater(shop)
  found(later, shop.records.slice(1))
  choose(later, cause)
  later.press(...keys, 'confirm')
  expect([later.said(), later.state().followUps]).toMatchObject([said, owed])
})

test('the journal is asked for exactly that, and until it has told nobody is asked to pay', () => {
  const shop = collectedTwice()
  const later = monthsLater(shop)
  const asked = { do: 'searchRecords', wish: { by: 'follows', record: shop.records[0]?.id } }
  choose(later, 'wrongAmount')
  expect(later.press('4', '5', 'confirm')).toMatchObject([asked])
  expect([later.step(), later.state().followUps]).toEqual(['enterAmount', []])
  expect(later.state().tone).toBe('refused')
  found(later, shop.records.slice(1))
  later.press('confirm')
  expect(later.state().followUps).toMatchObject([{ why: 'topUp', dueMinor: 400 }])
})

test('a difference that was given back in the meantime is not there any more', () => {
  const shop = collectedTwice()
  const [, second, third] = shop.records
  if (second === undefined || third === undefined) throw new Error('nothing was collected')
  const later = monthsLater(shop)
  found(later, [
    { ...second, refundedMinor: minor(50) },
    { ...third, closedBy: '000001-000009' },
  ])
  choose(later, 'wrongAmount')
  later.press('4', '5', 'confirm')
  // 38 and what is left of 2.
  expect(later.state().followUps).toMatchObject([{ why: 'topUp', dueMinor: 550 }])
})

test('what was only asked for, or was but a hold, is not there; nor is what went back of the first payment', () => {
  const shop = collectedTwice()
  const [first, second, third] = shop.records
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('nothing was collected')
  const records = [{ ...first, refundedMinor: minor(800) }]
  const later = monthsLater({ ...shop, records })
  found(later, [
    { ...second, outcome: 'notPaid' },
    { ...third, kind: 'preAuth', follows: first.id },
  ])
  choose(later, 'wrongAmount')
  later.press('4', '5', 'confirm')
  expect(later.state().followUps).toMatchObject([{ why: 'topUp', dueMinor: 1500 }])
})

test('a void by mistake is collected once: whoever says so a second time is told', () => {
  const counter = openShop()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'cancel')
  voidLast(counter)
  counter.press('cancel', 'cancel')
  const undone = counter.state().recent.at(-1)?.id ?? ''
  const sayMistake = () => {
    counter.press('menu', '2')
    choose(counter, 'correct', undone)
    choose(counter, 'saleMeant')
  }
  sayMistake()
  expect(counter.state().followUps).toMatchObject([{ why: 'giveBack', dueMinor: 3800 }])
  collect(counter)
  sayMistake()
  const { followUps, message, tone } = counter.state()
  expect([message?.key, followUps, tone]).toEqual(['correct.collectedAgain', [], 'refused'])
})

test('more goes back than the first payment has left: no more than that, and nothing is asked of the customer', () => {
  const { counter, records } = collectedTwice()
  counter.press('menu', '2')
  choose(counter, 'correct', records[0]?.id)
  choose(counter, 'wrongAmount')
  counter.press('1', 'confirm')
  expect(counter.step()).toBe('enterAmount')
  expect(counter.state().message).toEqual({ key: 'correct.moreThanLeft', params: { max: '38.00' } })
  expect(counter.state().tone).toBe('refused')
  counter.press('clear', '4', 'confirm')
  expect(counter.state().step).toMatchObject({ order: { kind: 'refund', dueMinor: 3700 } })
})

test('a page that asked nothing of the journal takes nothing of it', () => {
  const { counter, records } = collectedTwice()
  counter.press('menu', '2')
  choose(counter, 'refund', records[0]?.id)
  const before = counter.state()
  expect(before.step.kind).toBe('enterAmount')
  found(counter, records.slice(1))
  expect(counter.state().step).toEqual(before.step)
})

test('a difference that nobody has paid yet is part of the next one: the customer is not asked for both', () => {
  const counter = openShop()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'cancel')
  const first = counter.state().recent[0]?.id ?? ''
  mend(counter, first, 'wrongAmount', 40)
  counter.press('cancel', 'cancel')
  mend(counter, first, 'exchange', 45)
  expect(counter.state().followUps).toMatchObject([{ why: 'exchange', dueMinor: 700 }])
  counter.press('cancel', 'cancel')
  mend(counter, first, 'wrongAmount', 41)
  expect(counter.state().followUps).toMatchObject([{ why: 'topUp', dueMinor: 300 }])
})
