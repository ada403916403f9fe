/** Whether the wall clock may say how old something is: what is deleted by a clock that has jumped ahead is deleted for good. */
import type { Clock } from '#core/ports/clock.ts'

export type AgeGuard = {
  /** Compares the two clocks; to be called often. */
  readonly look: () => void
  /** `newestEventMs`: wall time of the last event. */
  readonly mayBeTrusted: (newestEventMs: number) => boolean
}

/** Corrections of a clock that runs badly stay below it. */
const JUMP_MS = 3_600_000
/** A clock that has jumped, or that finds its shop unused for a month, is watched for so long: somebody will notice a wrong date. */
const WATCH_MS = 86_400_000
const UNUSED_MS = 31 * WATCH_MS

export function createAgeGuard(clock: Pick<Clock, 'wallMs' | 'monotonicMs'>): AgeGuard {
  const now = () => ({ wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() })
  let since = now()
  let last = since
  let hasJumped = false
  return {
    look: () => {
      const next = now()
      const drift = next.wallMs - last.wallMs - (next.monotonicMs - last.monotonicMs)
      last = next
      if (Math.abs(drift) < JUMP_MS) return
      hasJumped = true
      since = next
    },
    mayBeTrusted: (newestEventMs) => {
      const isWatched = clock.monotonicMs() - since.monotonicMs >= WATCH_MS
      const isNear = Math.abs(clock.wallMs() - newestEventMs) < UNUSED_MS
      return isWatched || (isNear && !hasJumped)
    },
  }
}
