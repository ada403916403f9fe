/** The figures of a day: what each hour, person, kind and means of paying took and gave back. */
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import type { Exception } from '#core/report/exception.ts'
import { backShare, figuresOf, reasonCounts, type Sums } from '#core/report/figures.ts'
import { NOON } from '../counter.ts'
import { recordOf } from './day-record.ts'

const HOUR = 3_600_000
const paid = (yuan: number) => ({ paidMinor: minor(yuan * 100) })
const RECORDS = [
  recordOf({ stan: '000001', at: NOON, ...paid(10) }),
  recordOf({ stan: '000002', at: NOON + HOUR - 1, operator: '02', channel: 'wechat', ...paid(20) }),
  recordOf({ stan: '000003', at: NOON + HOUR, kind: 'completion', ...paid(5) }),
  recordOf({ stan: '000004', at: NOON + HOUR, kind: 'refund', operator: '02', ...paid(3) }),
  recordOf({ stan: '000005', at: NOON + HOUR, kind: 'void', ...paid(10) }),
  recordOf({ stan: '000006', at: NOON, kind: 'preAuth', operator: '03', ...paid(99) }),
  recordOf({ stan: '000007', at: NOON, outcome: 'notPaid', ...paid(99) }),
]
const exception = (change: Partial<Exception>): Exception => ({
  at: NOON,
  trace: '',
  operator: '01',
  amountMinor: null,
  what: 'sale',
  about: [],
  why: [message('a')],
  ...change,
})
const EXCEPTIONS = [
  exception({}),
  exception({ at: NOON + HOUR, what: 'void', operator: '' }),
  exception({ what: 'code', operator: '09' }),
]
const figures = () => figuresOf(RECORDS, EXCEPTIONS)

const rows = (sums: readonly Sums[]) => sums.map((one) => Object.values(one).join(' '))

test('of each is told what came in, what went back, and how many exceptions', () => {
  expect(rows([figures().all])).toEqual(['all 3 3500 2 1300 3'])
  expect(rows(figures().operators)).toEqual([
    '01 2 1500 1 1000 1',
    '02 1 2000 1 300 0',
    '09 0 0 0 0 1',
  ])
  expect(rows(figures().kinds)).toEqual([
    'completion 1 500 0 0 0',
    'refund 0 0 1 300 0',
    'sale 2 3000 0 0 1',
    'void 0 0 1 1000 1',
  ])
  expect(rows(figures().channels)).toEqual(['card 2 1500 2 1300 0', 'wechat 1 2000 0 0 0'])
})

test('there are twenty-four hours, and each payment is in that of the shop’s clock', () => {
  expect(
    figures()
      .hours.map(({ name }) => name)
      .join(' '),
  ).toMatch(/^00 01 .* 22 23$/)
  expect(figures().hours).toHaveLength(24)
  expect(rows(figures().hours.slice(11, 15))).toEqual([
    '11 0 0 0 0 0',
    '12 2 3000 0 0 2',
    '13 1 500 2 1300 1',
    '14 0 0 0 0 0',
  ])
})

test.each([
  [0, 0, 0],
  [0, 3, 0],
  [4, 1, 0.25],
])('of %i payments %i went back: %f', (inCount, backCount, share) => {
  const [one] = figuresOf([], [exception({})]).operators
  if (one === undefined) throw new Error('nobody is there')
  expect(backShare({ ...one, inCount, backCount })).toBe(share)
})

test('reasons that are given equally often stand by name', () => {
  const lines = ['b', 'c', 'a', 'c', 'd'].map((key) => exception({ why: [message(key)] }))
  expect(reasonCounts(lines).map(({ key, count }) => `${key}${count}`)).toEqual([
    'c2',
    'a1',
    'b1',
    'd1',
  ])
})

test('what was written off has an amount, or counts as nothing', () => {
  const why = [message('unknownStill'), message('writtenOff')]
  const lines = [exception({ why, amountMinor: minor(700) }), exception({ why })]
  expect(figuresOf([], lines).writtenOffMinor).toBe(700)
})
