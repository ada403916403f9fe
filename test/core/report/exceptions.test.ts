import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { type DayFacts, exceptionsOf } from '#core/report/exceptions.ts'
import { NO_NOTES, NOTES_LIMIT, type Note } from '#core/report/note.ts'
import { takeNotes } from '#core/report/take-notes.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON, TAPPED_CARD } from '../counter.ts'
import { recordOf as record } from './day-record.ts'
import { notedCounter } from './noted-counter.ts'

const MINUTE = 60_000

/** Voucher number and reasons of each line. */
function told(facts: Partial<DayFacts>): readonly (readonly [string, readonly string[]])[] {
  const day = { records: [], earlierHolds: [], notes: [], state: null, ...facts }
  return exceptionsOf(day).map(({ trace, why }) => [trace, why.map(({ key }) => key)])
}

test('a plain sale stands on no list', () => {
  expect(told({ records: [record({ stan: '000001' })] })).toEqual([])
})

test('an amount that was doubted stands there with the reason, and says when it was keyed again', () => {
  const records = [
    record({ stan: '000001', check: { level: 1, reasons: ['nearEdge'] } }),
    record({ stan: '000002', check: { level: 2, reasons: ['unusuallyHigh', 'pointLost'] } }),
    record({ stan: '000003', check: { level: 2, reasons: ['unusuallyHigh'] }, outcome: 'notPaid' }),
  ]
  expect(told({ records })).toEqual([
    ['000001', ['amount.nearEdge']],
    ['000002', ['amount.unusuallyHigh', 'amount.pointLost', 'keyedAgain']],
  ])
})

test('every void and refund stands there; soon after the sale and by the same operator is said', () => {
  const records = [
    record({ stan: '000001', closedBy: '000001-000002' }),
    record({ stan: '000002', kind: 'void', original: '000001-000001', approver: '90' }),
    record({ stan: '000009', kind: 'refund', original: '000000-000007', cause: 'wrongAmount' }),
  ]
  expect(told({ records })).toEqual([
    ['000002', ['takesBack', 'soonAfter', 'sameOperator', 'allowedBy']],
    ['000009', ['takesBack', 'cause.wrongAmount']],
  ])
})

test('several refunds onto one card are told on each of them', () => {
  const back = { kind: 'refund', original: '000000-000001', fingerprint: 'one' } as const
  const records = [record({ stan: '000001', ...back }), record({ stan: '000002', ...back })]
  for (const [, why] of told({ records })) expect(why).toContain('sameCardBack')
  expect(told({ records: records.slice(1) })[0]?.[1]).not.toContain('sameCardBack')
})

test('one card that pays twice within ten minutes: both payments name the other; later, or taken back, neither', () => {
  const first = record({ stan: '000001', fingerprint: 'one' })
  const second = record({ stan: '000005', fingerprint: 'one' })
  const of = (...records: readonly TransactionRecord[]) =>
    exceptionsOf({ records, earlierHolds: [], notes: [], state: null }).map(({ trace, why }) => [
      trace,
      why[0]?.key,
      why[0]?.params['trace'],
    ])
  expect(of(first, second)).toEqual([
    ['000001', 'samePayer', '000005'],
    ['000005', 'samePayer', '000001'],
  ])
  expect(of(first, { ...second, at: first.at + 11 * MINUTE })).toEqual([])
  expect(of({ ...first, closedBy: '000001-000009' }, second)).toEqual([])
  expect(of(first, { ...second, follows: first.id })[0]?.[1]).toBe('collectedAfter')
})

test('the shop says within which time one payer twice is unusual', () => {
  const records = ['000001', '000004'].map((stan) => record({ stan, fingerprint: 'one' }))
  const pairs = (samePayerWithinMs: number) => {
    const report = { shopTotal: false, exceptionsOnSlip: false, samePayerWithinMs }
    const state = initialState()
    return told({ records, state: { ...state, setup: { ...state.setup, report } } }).length
  }
  expect([pairs(2 * MINUTE), pairs(4 * MINUTE), pairs(0)]).toEqual([0, 2, 0])
})

test('a payment code tells nobody who paid: two of them are no pair, unless the acquirer names the payer', () => {
  const code = { channel: 'wechat', fingerprint: 'code' } as const
  const records = [record({ stan: '000001', ...code }), record({ stan: '000002', ...code })]
  expect(told({ records })).toEqual([])
  const named = records.map((one) => ({ ...one, payer: 'user' }))
  expect(told({ records: named }).map(([, why]) => why)).toEqual([['samePayer'], ['samePayer']])
})

test('two customers in a row were each charged to the next one: the one who was charged once stands there too', () => {
  const paidBy = (stan: string, payer: string) => record({ stan, channel: 'wechat', payer })
  const records = [paidBy('000001', 'a'), paidBy('000002', 'c'), paidBy('000003', 'd')]
  const shifted = [...records, paidBy('000004', 'd'), paidBy('000005', 'e')]
  expect(told({ records: shifted })).toEqual([
    ['000002', ['queuedBefore']],
    ['000003', ['samePayer']],
    ['000004', ['samePayer']],
  ])
  const byCard = shifted.map((one) =>
    one.stan === '000002' ? { ...one, channel: 'card', fingerprint: 'card-2' } : one,
  )
  expect(told({ records: byCard }).map(([trace]) => trace)).toEqual(['000001', '000003', '000004'])
})

test('a hold that nobody completed stands there, also on later days; a completed one does not', () => {
  const hold = record({ stan: '000001', kind: 'preAuth' })
  expect(told({ records: [hold] })).toEqual([['000001', ['openHold']]])
  expect(told({ earlierHolds: [hold] })).toEqual([['000001', ['openHold']]])
  expect(told({ records: [{ ...hold, closedBy: '000001-000002' }] })).toEqual([])
})

test('a sale that was approved in part says what was due', () => {
  const [line] = exceptionsOf({
    records: [record({ stan: '000001', dueMinor: minor(5000) })],
    earlierHolds: [],
    notes: [],
    state: null,
  })
  expect(line?.why).toEqual([{ key: 'partlyPaid', params: { due: '50.00' } }])
})

test('an amount confirmed faster than anybody reads is noted with its order', () => {
  const { notes, press } = notedCounter()
  press('3', '8', 'confirm', 'confirm')
  expect(notes()).toMatchObject([{ note: 'blindConfirm', afterMs: 10, operator: '01', order: 1 }])
  const sold = record({ stan: '000002', orderId: 1 })
  expect(told({ records: [sold], notes: notes() })).toEqual([['000002', ['blindConfirm']]])
})

test('whoever reads the page first is not called blind', () => {
  const notes: readonly Note[] = [
    { note: 'blindConfirm', at: NOON, operator: '01', order: 2, afterMs: 900 },
  ]
  expect(told({ records: [record({ stan: '000002' })], notes })).toEqual([])
})

test('an answer that never came: the request stands there as not known, then as undone', () => {
  const { counter, notes, press, tell } = notedCounter()
  press('3', '8', 'confirm', 'confirm')
  const read = counter.state().step.kind === 'present' ? counter.state().counters.read - 1 : -1
  tell({ type: 'cardPresented', read, card: TAPPED_CARD })
  const { step } = counter.state()
  tell({ type: 'hostSilent', stan: step.kind === 'authorizing' ? step.attempt.stan : '' })
  const state = counter.state()
  expect(state.reversal?.state).not.toBe('armed')
  const open = told({ notes: notes(), state }).flatMap(([, why]) => why)
  expect(open).toContain('unknownStill')
  const undone = told({ notes: notes(), state: { ...state, reversal: null } })
  expect(undone.flatMap(([, why]) => why)).toContain('unknownUndone')
})

test('codes that were refused are counted by their class', () => {
  const { notes, press, tell } = notedCounter()
  press('3', '8', 'confirm', 'confirm')
  for (const why of ['GOODS_BARCODE', 'CONTACT_CARD', 'GOODS_BARCODE'])
    tell({ type: 'codeRefused', why, digits: 13 })
  const lines = exceptionsOf({ records: [], earlierHolds: [], notes: notes(), state: null })
  expect(lines.map(({ why }) => why[0]?.params)).toEqual([
    { code: 'CONTACT_CARD', count: '1' },
    { code: 'GOODS_BARCODE', count: '2' },
  ])
})

test('a void that began with a typed number says that no slip was shown', () => {
  const { counter, notes, press, tell } = notedCounter()
  const sold = record({ stan: '000002' })
  press('menu', '7', '2', 'confirm')
  tell({ type: 'recordFound', page: pageName(counter.state()), record: sold })
  expect(counter.step()).toBe('confirmAmount')
  const order = counter.state().counters.order - 1
  expect(notes()).toMatchObject([{ note: 'proof', order, proof: 'typed' }])
  const taken = record({ stan: '000003', kind: 'void', original: sold.id, orderId: order })
  expect(told({ records: [taken], notes: notes() })[0]?.[1]).toContain('proofTyped')
})

test('a slip that could not be printed stands with its payment', () => {
  const { counter, notes, press, tell } = notedCounter()
  press('5', 'confirm', 'confirm')
  const read = counter.state().counters.read - 1
  tell({ type: 'cardPresented', read, card: TAPPED_CARD })
  counter.reply()
  const job = counter.state().slips.find(({ state }) => state === 'printing')?.slip.job ?? ''
  tell({ type: 'printEnded', job, outcome: { kind: 'unsure' } })
  const state = counter.state()
  const lines = told({ records: state.recent, notes: notes(), state })
  expect(lines.flatMap(([, why]) => why)).toContain('slip.unsure')
})

test("a difference to the shop's own total stands there until somebody has said why, and then says who", () => {
  const report = { shopTotal: true, exceptionsOnSlip: false }
  const { choose, counter, notes, press, tell } = notedCounter({ report })
  const page = () => pageName(counter.state())
  press('menu', '6')
  tell({ type: 'operatorChecked', page: page(), operator: '90', correct: true })
  press('menu', '0')
  const sold = { kind: 'sale', channel: 'card', isForeign: false } as const
  const lines = [{ ...sold, stan: '000002', amountMinor: minor(8300) }]
  tell({ type: 'batchGathered', page: page(), batch: '000001', lines })
  press('3', '8', 'confirm', 'cancel')
  const reasons = () =>
    exceptionsOf({ records: [], earlierHolds: [], notes: notes(), state: counter.state() })
  expect(reasons().map(({ why }) => why.map(({ key }) => key))).toEqual([
    ['totalDiffers', 'totalNotExplained'],
  ])
  expect(reasons()[0]?.why[0]?.params).toMatchObject({ ours: '83.00', difference: '45.00' })
  press('menu', '3')
  choose('totalShopWrong', 'total-000001')
  expect(reasons()[0]?.why[1]).toEqual({
    key: 'totalExplained.shopWrong',
    params: { operator: '90' },
  })
})

test('a stretch without end is noted up to its limit, and what is left out is counted', () => {
  const state = initialState()
  const event = { type: 'codeRefused', why: 'EMPTY', digits: 0, at: NOON } as const
  const full = { ...NO_NOTES, list: Array.from({ length: NOTES_LIMIT }, () => aNote) }
  const taken = takeNotes(full, { before: state, event, after: state })
  expect(taken.list).toHaveLength(NOTES_LIMIT)
  expect(taken.leftOut).toBe(1)
})

const aNote: Note = { note: 'codeRefused', why: 'EMPTY', at: NOON, operator: '01' }
