/** Waits for what a device says next: every wait has a time limit and ends when the link does. */
import type { Clock } from '#core/ports/clock.ts'

export type Answers<Said> = {
  /** Resolves with what `pick` made of the first event it did not answer with null; null after `timeoutMs` or `abandon`. */
  next<Answer>(pick: (said: Said) => Answer | null, timeoutMs: number): Promise<Answer | null>
  /** Shows one event to everyone who waits. True when somebody took it. */
  offer(said: Said): boolean
  /** Ends every wait with null: the link is gone, or the driver closes. */
  abandon(): void
}

/** Returns an empty set of waits; the caller feeds it with `offer`. */
export function createAnswers<Said>(clock: Clock): Answers<Said> {
  const waits = new Set<{ offer(said: Said): boolean; end(): void }>()
  return {
    next(pick, timeoutMs) {
      return new Promise((resolve) => {
        const cancel = clock.after(timeoutMs, end)
        function end(): void {
          cancel()
          if (waits.delete(wait)) resolve(null)
        }
        const wait = {
          end,
          offer(said: Said) {
            const answer = pick(said)
            if (answer === null) return false
            cancel()
            if (waits.delete(wait)) resolve(answer)
            return true
          },
        }
        waits.add(wait)
      })
    },
    offer(said) {
      let taken = false
      for (const wait of waits) taken = wait.offer(said) || taken
      return taken
    },
    abandon() {
      for (const wait of waits) wait.end()
    },
  }
}

/** Resolves after `ms` on `clock`. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve)
  })
}
