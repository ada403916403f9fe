import { expect, test } from 'vitest'
import type { RecordWish } from '#core/counter/wish.ts'
import { minor } from '#core/money.ts'
import { journalWith, record } from './kept-records.ts'

const lunch = record('000011', { at: 5000, paidMinor: minor(3850), last4: '0012', channel: 'card' })
const declined = record('000012', {
  at: 6000,
  outcome: 'notPaid',
  dueMinor: minor(3850),
  paidMinor: minor(0),
  slip: null,
  operator: '02',
})
const earlier = record('000011', { id: '000000-000011', batch: '000000', at: 1000 })
const shop = () => journalWith(lunch, declined, earlier)

test.each<[string, RecordWish, string[]]>([
  [
    'amount, paid or asked for',
    { by: 'amount', amountMinor: minor(3850) },
    ['000001-000011', '000001-000012'],
  ],
  ['last four digits', { by: 'last4', last4: '0012' }, ['000001-000011']],
  [
    'voucher number in every batch, newest last',
    { by: 'trace', stan: '000011' },
    ['000000-000011', '000001-000011'],
  ],
  ['time, without its end', { by: 'time', fromMs: 1000, toMs: 5000 }, ['000000-000011']],
  ['channel', { by: 'channel', channel: 'card' }, ['000001-000011']],
  ['operator', { by: 'operator', operator: '02' }, ['000001-000012']],
  ['the number that it alone has', { by: 'record', record: '000000-000011' }, ['000000-000011']],
  ['what nobody did', { by: 'operator', operator: '77' }, []],
])('records are found by %s', (_what, wish, ids) => {
  expect(
    shop()
      .searchRecords(wish)
      .map(({ id }) => id),
  ).toEqual(ids)
})

test('of too many the newest twenty are shown, newest last', () => {
  const many = Array.from({ length: 30 }, (_, at) => record(String(at + 100).padStart(6, '0')))
  const found = journalWith(...many).searchRecords({ by: 'channel', channel: 'wechat' })
  expect(found.map(({ stan }) => stan)).toEqual(many.slice(-20).map(({ stan }) => stan))
})

test('about a number of another terminal is found what was done here under any date, and what of this terminal bears it', () => {
  const number = '112012000077'
  const about = (date: string) => ({ original: `elsewhere-${date}-${number}` })
  const kept = [
    { ...record('000021'), ...about('1119') },
    { ...record('000022'), ...about('1120') },
    { ...record('000023'), original: 'elsewhere-1120-112012000078' },
    { ...record('000024'), reference: number },
    { ...record('000025'), authCode: number, hostDate: '1120' },
    { ...record('000026'), authCode: number, hostDate: '1121' },
  ]
  const found = journalWith(...kept).searchRecords({ by: 'elsewhere', number, date: '1120' })
  expect(found.map(({ stan }) => stan).toSorted()).toEqual(['000021', '000022', '000024', '000025'])
})

test('what was collected after a payment is found, and what was collected after that', () => {
  const first = record('000011')
  const second = { ...record('000012'), follows: first.id }
  const third = { ...record('000013'), follows: second.id }
  const journal = journalWith(first, record('000010'), second, third)
  const after = (one: string) =>
    journal.searchRecords({ by: 'follows', record: one }).map(({ id }) => id)
  expect(after(first.id)).toEqual([second.id, third.id])
  expect(after(third.id)).toEqual([])
})
