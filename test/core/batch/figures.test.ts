/** Which records are lines of a batch, and what they come to. */
import { expect, test } from 'vitest'
import {
  batchLines,
  countedLines,
  isDebit,
  netMinor,
  rowsByKind,
  totalsField,
  uploadField,
} from '#core/batch/batch.ts'
import { minor } from '#core/money.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { recordOf } from '../report/day-record.ts'
import { aSale } from '../two-people.ts'
import { line } from './settling.ts'

const stans = (records: Parameters<typeof batchLines>[0]) =>
  batchLines(records).map(({ stan }) => stan)

test('what moved no money is no line', () => {
  expect(
    stans([
      recordOf({ stan: '000001' }),
      recordOf({ stan: '000002', outcome: 'notPaid' }),
      recordOf({ stan: '000003', kind: 'preAuth' }),
      recordOf({ stan: '000004', kind: 'preAuthVoid' }),
      recordOf({ stan: '000005', kind: 'completion' }),
    ]),
  ).toEqual(['000001', '000005'])
})

test('a line holds what was paid, where less than was due was paid', () => {
  const [partly] = batchLines([recordOf({ stan: '000001', dueMinor: minor(5000) })])
  expect(partly).toEqual({
    stan: '000001',
    kind: 'sale',
    amountMinor: 3800,
    channel: 'card',
    isForeign: false,
  })
})

test.each([
  ['CUP', 'card', false],
  ['', 'card', false],
  ['000', 'card', false],
  ['VIS', 'card', true],
  ['VIS', 'wechat', false],
])('scheme %j by %s is on the foreign side: %s', (scheme, channel, isForeign) => {
  const { sale } = aSale()
  const slip = sale.slip === null ? null : { ...sale.slip, scheme }
  expect(batchLines([{ ...sale, channel, slip }])).toMatchObject([{ isForeign }])
})

test('a completion that was voided is a pair as a sale is, and a payment that something else has used up is none', () => {
  const records = [
    recordOf({ stan: '000001', kind: 'completion', closedBy: '000001-000002' }),
    recordOf({ stan: '000002', kind: 'completionVoid', original: '000001-000001' }),
    recordOf({ stan: '000003', closedBy: '000001-000004' }),
    recordOf({ stan: '000004', kind: 'refund' }),
  ]
  const paired = batchLines(records).filter(({ isPaired }) => isPaired === true)
  expect(paired.map(({ stan }) => stan)).toEqual(['000001', '000002'])
})

const DAY: readonly (readonly [TransactionKind, number])[] = [
  ['sale', 5000],
  ['completion', 300],
  ['sale', 20],
  ['void', 5000],
  ['refund', 7],
  ['completionVoid', 300],
]
const LINES = DAY.map(([kind, amount]) => line({ kind, amountMinor: minor(amount) }))

test('sales and completions are taken, whatever takes back is given', () => {
  expect(netMinor(LINES)).toBe(13)
  expect(DAY.filter(([kind]) => isDebit(kind))).toHaveLength(3)
})

test('each kind that occurs has one row with its count and sum, in the order of the day', () => {
  expect(rowsByKind(LINES).map((row) => Object.values(row))).toEqual([
    ['sale', 2, 5020],
    ['completion', 1, 300],
    ['void', 1, 5000],
    ['refund', 1, 7],
    ['completionVoid', 1, 300],
  ])
})

test('the foreign side has its own credits', () => {
  const back = line({ kind: 'refund', isForeign: true, amountMinor: minor(9) })
  expect(totalsField([back, back])).toBe(`${'0'.repeat(46)}${'000000000018'}${'002'}0`)
})

test('lines of a batch that the acquirer has ended itself do not go up to it, whatever its rules', () => {
  const lines = [line({ batch: '000001' }), line({ stan: '000003' })]
  for (const rules of [undefined, { voided: 'leftOut', upload: 'never' } as const])
    expect(countedLines(lines, rules).map(({ stan }) => stan)).toEqual(['000003'])
})

test('a foreign card is told from one of the domestic organization in each line that goes up', () => {
  const [own, foreign] = [false, true].map((isForeign) => uploadField([line({ isForeign })]))
  expect([own?.slice(0, 4), foreign?.slice(0, 4)]).toEqual(['0100', '0101'])
})
