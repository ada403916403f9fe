import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import type { Exception } from '#core/report/exception.ts'
import { backShare, figuresOf, reasonCounts } from '#core/report/figures.ts'
import { summaryOf } from '#core/report/summary.ts'
import { NOON } from '../counter.ts'
import { recordOf } from './day-record.ts'

const line = (...keys: readonly string[]): Exception => ({
  at: NOON,
  trace: '',
  operator: '01',
  amountMinor: null,
  what: 'sale',
  about: [],
  why: keys.map((key) => message(key)),
})

test('each line counts once in a group, however many of its reasons belong there', () => {
  const lines = [
    line('amount.pointLost', 'amount.unusuallyHigh', 'keyedAgain'),
    line('amount.nearEdge'),
    line('takesBack', 'allowedBy', 'proofTyped'),
  ]
  expect(summaryOf(lines)).toEqual([
    { group: 'doubted', count: 2 },
    { group: 'keyedAgain', count: 1 },
    { group: 'takenBack', count: 1 },
    { group: 'withoutSlip', count: 1 },
  ])
  expect(summaryOf([])).toEqual([])
})

test('reasons are counted, most frequent first', () => {
  expect(reasonCounts([line('b', 'a'), line('a'), line('c')])).toEqual([
    { key: 'a', count: 2 },
    { key: 'b', count: 1 },
    { key: 'c', count: 1 },
  ])
})

test('an exception of an operator who sold nothing still has a row, and the hour is that of China', () => {
  const figures = figuresOf([], [{ ...line('a'), operator: '02' }])
  expect(figures.operators).toMatchObject([{ name: '02', inCount: 0, exceptions: 1 }])
  expect(figures.hours[12]).toMatchObject({ name: '12', exceptions: 1 })
  expect(figures.operators.map(backShare)).toEqual([0])
})

test('an exception counts at the means of the payment that it is about, and at none where it is about no payment', () => {
  const card = recordOf({ stan: '000001' })
  const code = recordOf({ stan: '000002', channel: 'wechat' })
  const lines = [
    { ...line('a'), about: [card.id] },
    { ...line('a'), about: [code.id, card.id] },
    { ...line('b'), about: ['000001-000009'] },
    line('c'),
  ]
  expect(figuresOf([card, code], lines).channels).toMatchObject([
    { name: 'card', inCount: 1, exceptions: 1 },
    { name: 'wechat', inCount: 1, exceptions: 1 },
  ])
})

test('what was written off is added up; what is still to be collected is not', () => {
  const gone = { ...line('writtenOff'), amountMinor: minor(1250) }
  const owed = { ...line('toCollect'), amountMinor: minor(900) }
  expect(figuresOf([], [gone, owed, gone]).writtenOffMinor).toBe(2500)
  expect(figuresOf([], []).writtenOffMinor).toBe(0)
})

test('of voids and refunds the mistakes that were put right are told apart from what customers wished', () => {
  const lines = [
    line('takesBack', 'cause.wrongAmount'),
    line('takesBack', 'cause.customerWish'),
    line('takesBack', 'cause.exchange'),
    line('takesBack'),
  ]
  expect(summaryOf(lines)).toEqual([
    { group: 'takenBack', count: 4 },
    { group: 'corrected', count: 1 },
  ])
})
