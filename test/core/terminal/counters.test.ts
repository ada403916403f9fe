/** Numbers that never repeat: what each is, what follows it, and where it begins anew. */
import { expect, test } from 'vitest'
import {
  batchAfter,
  LAST_BATCH,
  sixDigits,
  takeJob,
  takeOrder,
  takeRead,
  takeStan,
} from '#core/terminal/counters.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'

const at = (change: Partial<TerminalState['counters']>): TerminalState => ({
  ...initialState(),
  counters: { stan: 5, batch: 5, order: 5, job: 5, read: 5, ...change },
})

test.each([
  [5, '000005', 6],
  [999_998, '999998', 999_999],
  [999_999, '999999', 1],
])('voucher number %i is %s, and %i follows', (stan, digits, next) => {
  const taken = takeStan(at({ stan }))
  expect([taken.stan, taken.state.counters]).toEqual([digits, at({ stan: next }).counters])
})

test('orders and reads have a number each', () => {
  const order = takeOrder(at({}))
  expect([order.id, order.state.counters]).toEqual([5, at({ order: 6 }).counters])
  const read = takeRead(at({}))
  expect([read.read, read.state.counters]).toEqual([5, at({ read: 6 }).counters])
})

test.each([
  [5, '0005'],
  [35, '000Z'],
  [36 ** 4 - 1, 'ZZZZ'],
  [36 ** 4, '0000'],
])('the job %i of the printer is %s', (count, job) => {
  const taken = takeJob(at({ job: count }))
  expect([taken.job, taken.state.counters]).toEqual([job, at({ job: count + 1 }).counters])
})

test('behind the last batch comes the first; 999999 is none', () => {
  expect([5, LAST_BATCH - 1, LAST_BATCH].map(batchAfter)).toEqual([6, LAST_BATCH, 1])
  expect(LAST_BATCH).toBe(999_998)
  expect(sixDigits(42)).toBe('000042')
})
