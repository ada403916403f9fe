/** The box's own time; everything else is told the time through the Clock port. */
import { performance } from 'node:perf_hooks'
import type { Clock } from '#core/ports/clock.ts'

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}
