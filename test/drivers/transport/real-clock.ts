/** Real time for tests that stand on pseudo-terminals, where the kernel sets the pace. */
import type { Clock } from '#core/ports/clock.ts'

export function realClock(): Clock {
  return {
    wallMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  }
}
