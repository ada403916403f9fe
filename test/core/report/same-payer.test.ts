/** Who paid twice within minutes, and which payment of a queue was taken for the next one's. */
import { expect, test } from 'vitest'
import { payerOf, queuedBefore, samePayers } from '#core/report/same-payer.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from '../counter.ts'
import { recordOf } from './day-record.ts'

const MINUTE = 60_000
const WITHIN = 10 * MINUTE

/** Paid by this payer's phone, so many minutes after noon. */
function byPhone(
  minute: number,
  payer: string,
  change: Partial<TransactionRecord> = {},
): TransactionRecord {
  const stan = String(minute).padStart(6, '0')
  return recordOf({ stan, at: NOON + minute * MINUTE, channel: 'wechat', payer, ...change })
}

/** Minutes of the payments that have one beside them, each with that of the other. */
const pairsOf = (...records: readonly TransactionRecord[]) =>
  [...samePayers(records, WITHIN)].map(([id, other]) => [minuteOf(id), minuteOf(other.id)])
const minuteOf = (id: string): number => Number(id.slice(7))

test('a card is known by its hash, a phone by the name of its payer, and without one by nothing', () => {
  const card = recordOf({ stan: '000001', fingerprint: 'C', payer: 'P' })
  expect(payerOf(card)).toBe('C')
  expect(payerOf({ ...card, channel: 'wechat' })).toBe('P')
  const { payer: _payer, ...nameless } = card
  expect(payerOf({ ...nameless, channel: 'wechat' })).toBe('')
})

test.each<readonly [what: string, second: TransactionRecord, isPair: boolean]>([
  ['within the time', byPhone(9, 'a'), true],
  ['at its end', byPhone(10, 'a'), false],
  ['by somebody else', byPhone(9, 'b'), false],
  ['not paid', byPhone(9, 'a', { outcome: 'notPaid' }), false],
  ['voided', byPhone(9, 'a', { closedBy: '000001-000099' }), false],
  ['no sale', byPhone(9, 'a', { kind: 'completion' }), false],
  ['what was collected after it', byPhone(9, 'a', { follows: '000001-000000' }), false],
  ['what was collected after another', byPhone(9, 'a', { follows: '000001-000005' }), true],
])('a second payment, %s', (_what, second, isPair) => {
  expect(pairsOf(byPhone(0, 'a'), second)).toEqual(
    isPair
      ? [
          [9, 0],
          [0, 9],
        ]
      : [],
  )
})

test('of three in a row each has one beside it', () => {
  expect(pairsOf(byPhone(0, 'a'), byPhone(5, 'a'), byPhone(9, 'a'))).toEqual([
    [5, 9],
    [0, 5],
    [9, 5],
  ])
})

test('nobody knows who two nameless ones were', () => {
  expect(pairsOf(byPhone(0, ''), byPhone(1, ''))).toEqual([])
})

/** Minutes of payments that were perhaps charged to the next one, each with the next. */
const queuedIn = (...records: readonly TransactionRecord[]) =>
  [...queuedBefore(records, samePayers(records, WITHIN), WITHIN)].map(([id, next]) => [
    minuteOf(id),
    minuteOf(next.id),
  ])

test.each<
  readonly [
    what: string,
    records: readonly TransactionRecord[],
    queued: readonly (readonly number[])[],
  ]
>([
  ['the one before a pair', [byPhone(0, 'a'), byPhone(1, 'b'), byPhone(2, 'b')], [[0, 1]]],
  [
    'not the one before that',
    [byPhone(0, 'z'), byPhone(1, 'a'), byPhone(2, 'b'), byPhone(3, 'b')],
    [[1, 2]],
  ],
  ['one that came long before', [byPhone(0, 'a'), byPhone(10, 'b'), byPhone(11, 'b')], []],
  ['one that came just in time', [byPhone(0, 'a'), byPhone(9, 'b'), byPhone(10, 'b')], [[0, 9]]],
  ['one behind the pair', [byPhone(0, 'b'), byPhone(1, 'b'), byPhone(2, 'a')], []],
  ['one between the two', [byPhone(0, 'b'), byPhone(1, 'a'), byPhone(2, 'b')], []],
  [
    'one that is itself of a pair',
    [byPhone(0, 'a'), byPhone(1, 'a'), byPhone(2, 'b'), byPhone(3, 'b')],
    [],
  ],
  [
    'one that was voided',
    [byPhone(0, 'a', { closedBy: 'x' }), byPhone(1, 'b'), byPhone(2, 'b')],
    [],
  ],
  ['one by card', [byPhone(0, 'a', { channel: 'card' }), byPhone(1, 'b'), byPhone(2, 'b')], []],
  ['none', [byPhone(0, 'a'), byPhone(1, 'b')], []],
])('told is %s', (_what, records, queued) => {
  expect(queuedIn(...records)).toEqual(queued)
})
