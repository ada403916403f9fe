/** The short form of `make leaks`: all kinds of customers, and what the terminal holds after the first half and after the second. */
import { expect, test } from 'vitest'
import { ACTIVE_SWING } from '../../../scripts/leaks/judge.ts'
import { serve } from '../../../scripts/leaks/serve.ts'

const SALES = 60

test('after sixty customers, a void, lost answers and a pulled cable the terminal has as many files open as after thirty', {
  timeout: 600_000,
}, async () => {
  const [half, whole] = await serve({
    sales: SALES,
    lookEvery: SALES / 2,
    onSample: () => undefined,
    onHelped: () => undefined,
  })
  expect(whole?.served).toBe(SALES)
  expect(whole?.handles).toBe(half?.handles)
  expect(whole?.threads).toBe(half?.threads)
  const timersMost = (half?.active['Timeout'] ?? 0) + ACTIVE_SWING
  expect(whole?.active['Timeout']).toBeLessThanOrEqual(timersMost)
})
