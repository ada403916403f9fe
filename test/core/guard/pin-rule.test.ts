/** When the customer is asked for a PIN. */
import { expect, test } from 'vitest'
import { asksForPin } from '#core/guard/pin-rule.ts'
import { minor } from '#core/money.ts'
import { SETUP, TAPPED_CARD } from '../counter.ts'

test.each([
  ['a tap up to the limit', {}, 1000, false],
  ['a tap above it', {}, 1000.01, true],
  ['a small tap whose card asks for one', { verification: 'onlinePin' }, 1, true],
  ['a tap above it that a phone has verified', { verification: 'deviceVerified' }, 1000.01, true],
  ['a small stripe', { interface: 'stripe' }, 1, true],
  ['a small chip', { interface: 'chip' }, 1, true],
  ['a chip that was verified', { interface: 'chip', verification: 'deviceVerified' }, 1, false],
] as const)('%s (%o, %f yuan): %s', (_what, change, yuan, asks) => {
  const amount = minor(Math.round(yuan * 100))
  expect(asksForPin({ ...TAPPED_CARD, ...change }, amount, SETUP)).toBe(asks)
})
