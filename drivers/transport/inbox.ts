/** Events of the line and of the caller in one bounded queue, so that a conversation reads from top to bottom. */
import type { Clock } from '#core/ports/clock.ts'

export type Inbox<Item> = {
  /** Delivers to the waiting reader, or keeps the item; beyond the limit the oldest goes. */
  push(item: Item): void
  /** The next item, or null after `timeoutMs`. One reader at a time. */
  next(timeoutMs: number): Promise<Item | null>
  clear(): void
}

/** No conversation has more in flight than a retried frame with its answers and a few notices. */
const MAX_INBOX_ITEMS = 32

/** `discard` is called for items nobody will read, so that secrets in them can be zeroed. */
export function createInbox<Item>(clock: Clock, discard: (item: Item) => void): Inbox<Item> {
  const items: Item[] = []
  let waiting: ((item: Item) => void) | null = null
  return {
    push(item) {
      if (waiting !== null) {
        waiting(item)
        return
      }
      items.push(item)
      if (items.length > MAX_INBOX_ITEMS) for (const old of items.splice(0, 1)) discard(old)
    },
    next(timeoutMs) {
      const [ready] = items.splice(0, 1)
      if (ready !== undefined) return Promise.resolve(ready)
      return new Promise((resolve) => {
        const settle = (item: Item | null): void => {
          waiting = null
          stopTimer()
          resolve(item)
        }
        const stopTimer = clock.after(Math.max(0, timeoutMs), () => settle(null))
        waiting = settle
      })
    },
    clear() {
      for (const item of items.splice(0)) discard(item)
    },
  }
}
