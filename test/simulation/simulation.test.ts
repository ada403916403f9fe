import { expect, test } from 'vitest'
import { ALL_FAULTS } from './faults.ts'
import { replayCommand } from './report.ts'
import { runSeed } from './run-seed.ts'
import { simulate } from './simulate.ts'

const FIRST = 1
const LAST = 2000
const SALES = 15

test('2000 shops with everything going wrong: no money goes astray, and all of them come to rest when faults end', () => {
  const broken: string[] = []
  const totals = simulate({
    first: FIRST,
    last: LAST,
    sales: SALES,
    onBroken: ({ seed, broken: why }) => broken.push(`${why}; ${replayCommand(seed, SALES)}`),
  })
  expect(broken).toEqual([])
  expect(totals.approved['sale']).toBeGreaterThan(10_000)
  const others = ['void', 'refund', 'preAuth', 'preAuthVoid', 'completion', 'completionVoid']
  expect(others.filter((kind) => (totals.approved[kind] ?? 0) < 5)).toEqual([])
}, 60_000)

test('every kind of fault strikes somewhere in these seeds, so that none of them is only a name', () => {
  const { faults } = simulate({ first: 1, last: 300, sales: 30 })
  const struck = new Set(Object.keys(faults))
  const never = ALL_FAULTS.filter((fault) => !struck.has(fault))
  expect(never).toEqual([])
})

test('a seed is the whole truth: run twice, the journals are the same to the last byte', () => {
  const run = () => runSeed({ seed: 7, sales: 40, keepRows: true })
  const first = run()
  expect(first.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(run().digest).toBe(first.digest)
  expect(runSeed({ seed: 8, sales: 40, keepRows: true }).digest).not.toBe(first.digest)
})

test('a day without faults: every customer pays, no power goes, nothing is reversed', () => {
  const day = runSeed({ seed: 1, sales: 50, keepRows: true, faults: false })
  expect(day.broken).toBeNull()
  expect(day.starts).toBe(1)
  expect(day.approved).toEqual(new Map([['sale', day.sales]]))
  expect(day.sales).toBeGreaterThanOrEqual(50)
})
