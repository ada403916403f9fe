/** A terminal that wakes up in 1970 says so on its counter, whatever else it can do. */
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const SLOW_MS = 60_000

test('started with an empty clock battery, the strip says that the clock is wrong', {
  timeout: SLOW_MS,
}, async () => {
  const preload = new URL('broken/old-clock.ts', import.meta.url).href
  const shop = await openShop({
    closed: true,
    environment: { NODE_OPTIONS: `--import=${preload}` },
  })
  await shop.powerOn()
  const view = await shop
    .cashier()
    .until(
      ({ strip }) => strip.faults.some(({ key }) => key === 'clockWrong'),
      'the clock to be doubted',
    )
  expect(view.strip.faults.map(({ key }) => key)).toContain('clockWrong')
})
