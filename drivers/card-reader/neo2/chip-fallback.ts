/** When the stripe of a chip card may be read: only after the chip failed several times, and only for a short while. */
import type { Clock } from '#core/ports/clock.ts'

export type ChipFallback = {
  chipUnreadable(): void
  /** A card was read; whatever went wrong before is over. */
  cardRead(): void
  /** True when a swiped chip card may be taken. */
  readonly open: boolean
}

/** Usual practice of acquirers: three tries (assumption; ask the acquirer). */
export const UNREADABLE_CHIPS_BEFORE_STRIPE = 3
/** Failures of one customer's card must not open the stripe for the next customer. */
export const FALLBACK_WINDOW_MS = 120_000

export function createChipFallback(clock: Clock): ChipFallback {
  let failures: number[] = []
  const recent = (): number[] =>
    failures.filter((at) => clock.monotonicMs() - at < FALLBACK_WINDOW_MS)
  return {
    chipUnreadable() {
      failures = [...recent(), clock.monotonicMs()].slice(-UNREADABLE_CHIPS_BEFORE_STRIPE)
    },
    cardRead() {
      failures = []
    },
    get open() {
      return recent().length >= UNREADABLE_CHIPS_BEFORE_STRIPE
    },
  }
}
