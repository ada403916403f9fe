import { expect, test } from 'vitest'
import {
  createChipFallback,
  FALLBACK_WINDOW_MS,
  UNREADABLE_CHIPS_BEFORE_STRIPE,
} from '#drivers/card-reader/neo2/chip-fallback.ts'

function fallbackAt(): {
  fallback: ReturnType<typeof createChipFallback>
  pass: (ms: number) => void
} {
  let now = 5_000
  const fallback = createChipFallback({
    wallMs: () => now,
    monotonicMs: () => now,
    after: () => () => {},
  })
  return {
    fallback,
    pass(ms) {
      now += ms
    },
  }
}

test('the stripe opens with the third unreadable chip and not before', () => {
  const { fallback } = fallbackAt()
  const open: boolean[] = []
  for (let tries = 0; tries < UNREADABLE_CHIPS_BEFORE_STRIPE; tries++) {
    open.push(fallback.open)
    fallback.chipUnreadable()
  }
  expect([...open, fallback.open]).toEqual([false, false, false, true])
})

test('failures of one customer do not open the stripe for a later one', () => {
  const { fallback, pass } = fallbackAt()
  fallback.chipUnreadable()
  fallback.chipUnreadable()
  pass(FALLBACK_WINDOW_MS)
  fallback.chipUnreadable()
  expect(fallback.open).toBe(false)
})

test('an open stripe closes by itself, and with the next card that is read', () => {
  const { fallback, pass } = fallbackAt()
  for (let tries = 0; tries < UNREADABLE_CHIPS_BEFORE_STRIPE; tries++) fallback.chipUnreadable()
  expect(fallback.open).toBe(true)
  pass(FALLBACK_WINDOW_MS)
  expect(fallback.open).toBe(false)
  for (let tries = 0; tries < UNREADABLE_CHIPS_BEFORE_STRIPE; tries++) fallback.chipUnreadable()
  fallback.cardRead()
  expect(fallback.open).toBe(false)
})
