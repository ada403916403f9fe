/** What stands beside a question about an earlier payment: only what is known of it. */
import { expect, test } from 'vitest'
import { FIXTURES } from '../../web/fixtures.ts'

test.each(['elsewhere-refund-check', 'elsewhere-completion-check'])(
  'of a slip from another terminal the day stands there: no hour, no voucher number that nobody typed, and nothing about what is left (%s)',
  (name) => {
    const counter = FIXTURES.find((one) => one.name === name)?.view.counter
    const original = counter?.kind === 'confirmAmount' ? counter.original : undefined
    expect(original?.record).toMatchObject({ trace: '', at: '2026-11-20' })
    expect(original).not.toHaveProperty('left')
  },
)
