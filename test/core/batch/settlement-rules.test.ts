/** What acquirers differ in when a batch is closed. */
import { expect, test } from 'vitest'
import { batchLines, totalsField } from '#core/batch/batch.ts'
import type { SettlementRules } from '#core/batch/settlement-rules.ts'
import { minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { SETUP } from '../counter.ts'
import { recordOf } from '../report/day-record.ts'
import { line, settling } from './settling.ts'

const SALE = line({ stan: '000010' })
const VOIDED = line({ stan: '000011', amountMinor: minor(500), isPaired: true })
const ITS_VOID = line({ stan: '000012', kind: 'void', amountMinor: minor(500), isPaired: true })
const REFUND = line({ stan: '000013', kind: 'refund', amountMinor: minor(100) })
const BATCH = [SALE, VOIDED, ITS_VOID, REFUND]

test('a sale and its void of the same batch are a pair; a sale that a completion or refund followed is none', () => {
  const records = [
    recordOf({ stan: '000011', closedBy: '000001-000012' }),
    recordOf({ stan: '000012', kind: 'void', original: '000001-000011' }),
    recordOf({ stan: '000013', refundedMinor: minor(100) }),
    recordOf({ stan: '000014', kind: 'void', original: '000000-000001' }),
  ]
  const paired = batchLines(records).map(({ stan, isPaired = false }) => [stan, isPaired])
  expect(paired).toEqual([
    ['000011', true],
    ['000012', true],
    ['000013', false],
    ['000014', false],
  ])
})

test('an acquirer that leaves voided sales out is sent totals and lines without the pair', () => {
  const { answer, sent, counter } = settling(BATCH, ruled({ voided: 'leftOut' }))
  expect(sent().totals).toBe(totalsField([SALE, REFUND]))
  answer('2')
  expect(sent()).toMatchObject({ mti: '0320', management: '201' })
  expect(sent().totals.slice(0, 2)).toBe('02')
  expect(sent().totals).not.toContain('000011')
  answer('00')
  expect(sent()).toMatchObject({ management: '202', totals: '0002' })
  answer('00')
  expect(counter.said()).toBe('settle.doneDifferent')
  expect(counter.state().counters.batch).toBe(2)
})

test('a batch of nothing but a pair has no line to send up: the end message follows at once', () => {
  const { answer, sent } = settling([VOIDED, ITS_VOID], ruled({ voided: 'leftOut' }))
  expect(sent().totals).toBe(totalsField([]))
  answer('2')
  expect(sent()).toMatchObject({ management: '202', totals: '0000' })
})

test('elsewhere the voided sale is a debit and its void a credit', () => {
  expect(settling(BATCH).sent().totals).toBe(totalsField(BATCH))
})

test.each([
  ['1', 'settle.done', 'balanced'],
  ['2', 'settle.doneUnsent', 'different'],
])(
  'an acquirer that takes no 0320 answers the totals with %s, and the batch is closed',
  (verdict, told, slip) => {
    const { answer, counter, sent } = settling(BATCH, ruled({ upload: 'never' }))
    expect(sent().mti).toBe('0500')
    answer(verdict)
    expect(counter.said()).toBe(told)
    expect(counter.state()).toMatchObject({ settlement: null, inBatch: 0, counters: { batch: 2 } })
    expect(counter.state().slips.at(-1)?.slip?.facts.totals?.verdict).toBe(slip)
  },
)

function ruled(change: Partial<SettlementRules>): Setup {
  const settlement: SettlementRules = { voided: 'counted', upload: 'whereDifferent', ...change }
  return { ...SETUP, host: { ...SETUP.host, settlement } }
}
