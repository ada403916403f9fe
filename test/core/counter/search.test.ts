/** Looking for a payment of any batch, and the question before a copy of an old one. */
import { expect, test } from 'vitest'
import { typeWish, wishOf } from '#core/counter/record-wish.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, NOON } from '../counter.ts'

function afterSale(): { counter: Counter; record: TransactionRecord } {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel')
  const record = counter.state().recent.at(-1)
  if (record === undefined) throw new Error('no sale')
  return { counter, record }
}

/** As it would come from a batch that was settled. */
const settled = (record: TransactionRecord): TransactionRecord => ({
  ...record,
  id: '000000-000777',
  batch: '000000',
  stan: '000777',
})

const option = (counter: Counter, id: string, item = '') =>
  counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option: id, item })

function searchBy(counter: Counter, ...keys: Key[]) {
  counter.press('menu', '2')
  option(counter, 'search')
  return counter.press(...keys)
}

const found = (counter: Counter, ...records: TransactionRecord[]) =>
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records })

test.each<[string, Key[], object]>([
  ['amount', ['1', '3', '8', '.', '5', 'confirm'], { by: 'amount', amountMinor: 3850 }],
  ['last four digits', ['2', '0', '0', '1', '2', 'confirm'], { by: 'last4', last4: '0012' }],
  ['voucher number', ['3', '7', 'confirm'], { by: 'trace', stan: '000007' }],
  ['operator', ['5', '0', '1', 'confirm'], { by: 'operator', operator: '01' }],
  ['channel', ['6', '2'], { by: 'channel', channel: 'wechat' }],
])('a payment is looked for by %s', (_what, keys, wish) => {
  const { counter } = afterSale()
  const page = () => pageName(counter.state())
  expect(searchBy(counter, ...keys)).toEqual([{ do: 'searchRecords', page: page(), wish }])
})

test('half an entry looks for nothing and says what is asked for', () => {
  const { counter } = afterSale()
  expect(searchBy(counter, '2', '1', '2', 'confirm')).toEqual([])
  expect(counter.said()).toBe('search.last4')
})

test('a day is the last such day, an hour of it sixty minutes, in China', () => {
  const day = wishOf('time', '1121', NOON)
  expect(day).toEqual({
    by: 'time',
    fromMs: Date.UTC(2026, 10, 20, 16),
    toMs: Date.UTC(2026, 10, 21, 16),
  })
  expect(wishOf('time', '112109', NOON)).toEqual({
    by: 'time',
    fromMs: Date.UTC(2026, 10, 21, 1),
    toMs: Date.UTC(2026, 10, 21, 2),
  })
  // Tomorrow's date is that of last year.
  expect(wishOf('time', '1122', NOON)).toMatchObject({ fromMs: Date.UTC(2025, 10, 21, 16) })
  for (const typed of ['1', '112', '1131', '0000', '112124', '1301'])
    expect(wishOf('time', typed, NOON)).toBeNull()
})

test('no more is taken than the field has', () => {
  expect(typeWish('last4', '1234', '5')).toBeNull()
  expect(typeWish('trace', '123456', '7')).toBeNull()
  expect(typeWish('operator', '01', '1')).toBeNull()
  expect(typeWish('channel', '', '1')).toBeNull()
  expect(typeWish('last4', '12', 'backspace')).toBe('1')
})

test('nothing found: the page stays and says so', () => {
  const { counter } = afterSale()
  searchBy(counter, '3', '7', 'confirm')
  found(counter)
  expect(counter.said()).toBe('search.none')
  expect(counter.step()).toBe('searchRecords')
})

test('a slip of a settled batch, found by its voucher number, is printed again only for who knows last four digits or amount', () => {
  const { counter, record } = afterSale()
  const old = settled(record)
  searchBy(counter, '3', '7', '7', '7', 'confirm')
  found(counter, old)
  const slips = () => counter.state().slips.filter((job) => job.record === old.id)
  option(counter, 'reprint', old.id)
  expect(counter.step()).toBe('proveReprint')
  counter.press('0', '0', '1', '3', 'confirm')
  expect(counter.said()).toBe('reprint.doesNotFit')
  counter.press('confirm')
  expect(slips()).toEqual([])
  counter.press('0', '0', '1', '2', 'confirm')
  expect(slips()).toMatchObject([
    { slip: { copy: 'cardholder', mark: { kind: 'reprint', number: 1 } } },
  ])
  option(counter, 'reprint', old.id)
  expect(slips().at(-1)).toMatchObject({ slip: { mark: { kind: 'reprint', number: 2 } } })
})

test('the amount proves it as well', () => {
  const { counter, record } = afterSale()
  searchBy(counter, '3', '7', '7', '7', 'confirm')
  found(counter, settled(record))
  option(counter, 'reprint', '000000-000777')
  expect(counter.press('3', '8', '.', '0', '0', 'confirm').map((one) => one.do)).toContain(
    'keepRecord',
  )
})

test('who found it by the amount is not asked again, and a slip of the open batch is printed without a question', () => {
  const { counter, record } = afterSale()
  searchBy(counter, '1', '3', '8', 'confirm')
  found(counter, settled(record), record)
  for (const id of ['000000-000777', record.id]) {
    option(counter, 'reprint', id)
    expect(counter.step()).toBe('records')
    expect(counter.state().slips.at(-1)).toMatchObject({
      record: id,
      slip: { mark: { number: 1 } },
    })
  }
})

test('what was found may be voided or refunded as if it stood among the last ones', () => {
  const { counter, record } = afterSale()
  searchBy(counter, '3', '7', 'confirm')
  found(counter, { ...settled(record), paidMinor: minor(500) })
  option(counter, 'void', '000000-000777')
  expect(counter.said()).toBe('void.settled')
  option(counter, 'refund', '000000-000777')
  expect(counter.state().step).toMatchObject({ kind: 'enterAmount', typed: '5' })
})
