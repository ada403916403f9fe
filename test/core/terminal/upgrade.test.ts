/** What an older version wrote is read as what it meant then. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type SavedRecord, upgradeRecord, upgradeState } from '#core/terminal/upgrade.ts'
import { aSale } from '../two-people.ts'

const { sale: SALE, state: STATE } = aSale()

/** As 0.1 wrote it: sales were all there was. */
function old(change: Partial<SavedRecord> = {}): SavedRecord {
  const later = ['kind', 'hostDate', 'original', 'approver', 'closedBy', 'refundedMinor']
  const { id, orderId, at, outcome, reason, dueMinor, paidMinor, channel, last4 } = SALE
  const { fingerprint, operator, stan, batch, authCode, reference, slip, reprints } = SALE
  const facts = { id, orderId, at, outcome, reason, dueMinor, paidMinor, channel, last4 }
  const always = { fingerprint, operator, stan, batch, authCode, reference, slip, reprints }
  expect([...Object.keys({ ...facts, ...always }), ...later].toSorted()).toEqual(
    Object.keys(SALE).toSorted(),
  )
  return { ...facts, ...always, ...change }
}

test('a record of before is a sale of which nothing went back, with the date on its slip', () => {
  expect(upgradeRecord(old())).toEqual({ ...SALE, hostDate: '1121' })
  expect(upgradeRecord(old({ slip: null })).hostDate).toBe('')
})

test('what a record says stays', () => {
  const said = {
    ...SALE,
    kind: 'refund' as const,
    hostDate: '1120',
    original: 'x',
    approver: '00',
    closedBy: 'y',
    refundedMinor: minor(5),
  }
  expect(upgradeRecord(said)).toEqual(said)
})

test('a batch that nobody had counted is counted: what was approved, of this number, and moved money', () => {
  const { inBatch: _counted, ...saved } = STATE
  const { counters, operators } = saved
  const recent = [
    SALE,
    old(),
    old({ batch: '000002' }),
    old({ outcome: 'notPaid' }),
    { ...SALE, kind: 'preAuth' as const },
  ]
  expect(upgradeState({ ...saved, recent }).inBatch).toBe(2)
  expect(upgradeState({ counters, operators, recent, inBatch: 7 }).inBatch).toBe(7)
})

test('what came later is as in a terminal that has never run, and what is there stays', () => {
  const { counters, operators } = STATE
  expect(upgradeState({ counters, operators, recent: [] })).toEqual({
    ...initialState(),
    counters,
    operators,
  })
  expect(upgradeState(STATE)).toEqual(STATE)
})
