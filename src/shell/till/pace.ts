/** How many messages a till may send: a till that loops must not slow the counter down. */
import type { Clock } from '#core/ports/clock.ts'

/** A till that polls three orders every half second sends six. */
const MESSAGES_PER_SECOND = 20
/** A burst after a till has started: its open orders, all at once. */
export const BURST = 60

/** True as long as there is room; each call that is true takes one. */
export function createPace(clock: Pick<Clock, 'monotonicMs'>): () => boolean {
  let room = BURST
  let last = clock.monotonicMs()
  return () => {
    const now = clock.monotonicMs()
    room = Math.min(BURST, room + ((now - last) * MESSAGES_PER_SECOND) / 1000)
    last = now
    if (room < 1) return false
    room -= 1
    return true
  }
}
