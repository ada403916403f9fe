/** The review of what went back, before a batch is closed. */
import { expect, test } from 'vitest'
import { batchLines } from '#core/batch/batch.ts'
import { askForReview, onReviewed, reviewItems, reviewOptions } from '#core/batch/review.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, SETUP } from '../counter.ts'
import { choose, openShop, sell, signInAs, toSale, voidLast } from '../two-people.ts'
import { line } from './settling.ts'

const REPORT = { shopTotal: false, exceptionsOnSlip: false, reviewRefunds: true }

/** A day with two sales, one of them voided, every slip on paper. */
function day(report = REPORT): Counter {
  const counter = openShop({ report, slips: { copies: ['merchant'], tearTimeoutMs: 15_000 } })
  sell(counter, 38)
  sell(counter, 12)
  voidLast(counter)
  toSale(counter)
  return counter
}

/** As far as the sums of the batch, and confirmed. */
function settle(counter: Counter): readonly Effect[] {
  counter.press('menu', '0')
  const page = pageName(counter.state())
  const lines = batchLines(counter.state().recent)
  counter.tell({ type: 'batchGathered', page, batch: '000001', lines })
  return counter.press('confirm')
}

function printed(counter: Counter): void {
  for (let turns = 0; turns < 20; turns++) {
    const job = counter.state().slips.find(({ state }) => state === 'printing')?.slip.job
    if (job === undefined) return
    counter.tell({ type: 'printEnded', job, outcome: { kind: 'printed', proof: 'processId' } })
  }
}

test('a supervisor ticks each refund and void; only then the settlement leaves', () => {
  const counter = day()
  printed(counter)
  signInAs(counter, '00')
  settle(counter)
  expect([counter.step(), counter.said()]).toEqual(['reviewRefunds', 'review.begin'])
  expect(choose(counter, 'settle')).toEqual([])
  const voided = counter.state().recent.find(({ kind }) => kind === 'void')
  choose(counter, 'reviewed', voided?.stan)
  expect(counter.said()).toBe('review.done')
  choose(counter, 'settle')
  expect([counter.step(), counter.state().settlement?.phase]).toEqual(['settling', 'totals'])
})

test('a cashier is told who looks, and the batch stays open', () => {
  const counter = day()
  printed(counter)
  expect(settle(counter)).toEqual([])
  expect([counter.step(), counter.said()]).toEqual(['totals', 'review.askSupervisor'])
  expect(counter.state().settlement).toBeNull()
})

test('what is no refund of this batch cannot be ticked, and nothing is ticked twice', () => {
  const counter = day()
  signInAs(counter, '00')
  settle(counter)
  const refused = (item: string) => {
    const before = counter.state()
    choose(counter, 'reviewed', item)
    return counter.state().step === before.step
  }
  const of = (kind: string) => counter.state().recent.find((one) => one.kind === kind)?.stan ?? ''
  expect(refused(of('sale'))).toBe(true)
  expect(refused(of('void'))).toBe(false)
  expect(refused(of('void'))).toBe(true)
})

test('the power goes in the middle of it: the batch is open, and the review begins anew', () => {
  const counter = day()
  signInAs(counter, '00')
  settle(counter)
  choose(counter, 'reviewed', counter.state().recent.find(({ kind }) => kind === 'void')?.stan)
  signInAs(counter, '00')
  expect([counter.step(), counter.state().settlement]).toEqual(['amount', null])
  settle(counter)
  expect(counter.state().step).toMatchObject({ kind: 'reviewRefunds', seen: [] })
})

test('a day on which nothing went back, and a shop that wants no review, settle without', () => {
  const quiet = openShop({ report: REPORT })
  sell(quiet, 38)
  signInAs(quiet, '00')
  settle(quiet)
  expect(quiet.step()).not.toBe('reviewRefunds')
  const other = day({ ...REPORT, reviewRefunds: false })
  signInAs(other, '00')
  settle(other)
  expect(other.step()).not.toBe('reviewRefunds')
})

const SHOP = { ...initialState(), setup: { ...SETUP, report: REPORT } }
const LINES = [
  line({ stan: '000001' }),
  line({ stan: '000002', kind: 'void', amountMinor: minor(1200) }),
  line({ stan: '000003', kind: 'refund', channel: 'wechat', amountMinor: minor(150) }),
  line({ stan: '000004', kind: 'completion' }),
]
const STEP = { kind: 'reviewRefunds', lines: LINES, seen: [] } as const

test('nobody at the counter, and nobody looks', () => {
  expect(askForReview(SHOP, LINES).state).toMatchObject({
    step: SHOP.step,
    tone: 'refused',
    message: { key: 'review.askSupervisor' },
  })
  const session = { operator: '90', role: 'supervisor' } as const
  const { message, step, tone } = askForReview({ ...SHOP, session }, LINES).state
  expect({ message, step, tone }).toEqual({
    message: { key: 'review.begin', params: { count: '2' } },
    step: STEP,
    tone: 'key',
  })
})

test('how many are left is told with each, and the last one opens the settlement', () => {
  const first = onReviewed(SHOP, STEP, '000003').state
  expect(first).toMatchObject({
    step: { seen: ['000003'] },
    tone: 'key',
    message: { key: 'review.left', params: { count: '1' } },
  })
  const { step } = first
  if (step.kind !== 'reviewRefunds') throw new Error('the page was left')
  expect(reviewOptions(step).map(({ id }) => id)).toEqual(['back'])
  const last = onReviewed(first, step, '000002').state
  expect(last).toMatchObject({ tone: 'confirmed', message: { key: 'review.done' } })
  if (last.step.kind !== 'reviewRefunds') throw new Error('the page was left')
  expect(reviewOptions(last.step)).toEqual([
    { id: 'settle', key: '8' },
    { id: 'back', key: '0' },
  ])
})

test('what is ticked stays on the list, and is not offered again', () => {
  expect(reviewItems({ ...STEP, seen: ['000002'] })).toEqual([
    {
      id: '000002',
      message: {
        key: 'review.void.seen',
        params: { amount: '12.00', channel: 'card', trace: '000002' },
      },
      options: [],
    },
    {
      id: '000003',
      message: {
        key: 'review.refund',
        params: { amount: '1.50', channel: 'wechat', trace: '000003' },
      },
      options: ['reviewed'],
    },
  ])
})
