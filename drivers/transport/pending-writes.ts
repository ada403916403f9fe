/** Writes that were handed over and not yet taken: limited in bytes and in time, and all settled when the port goes. */
import type { Clock } from '#core/ports/clock.ts'

export type PendingWrites = {
  /**
   * Resolves with what `hand` reports, false when it reports nothing for `stallMs`, when the limit is reached, or when the port
   * goes. `hand` starts the write and calls back once.
   */
  write(size: number, hand: (done: (taken: boolean) => void) => void): Promise<boolean>
  /** Settles every write with false; later ones are refused. */
  end(): void
}

export type PendingWritesOptions = {
  readonly clock: Clock
  readonly stallMs?: number
  /** A write stalled: the port is of no use any more. */
  readonly onStall: () => void
}

/** A printer out of paper stops reading; its driver decides long before this. */
const WRITE_STALL_MS = 15_000
/** Bytes handed over and not yet taken by the system; a whole slip as raster is about 100 kB. */
const PENDING_WRITE_LIMIT = 1_048_576

export function createPendingWrites(options: PendingWritesOptions): PendingWrites {
  const { clock, stallMs = WRITE_STALL_MS, onStall } = options
  const writes = new Set<(taken: boolean) => void>()
  let pendingBytes = 0
  let ended = false

  return {
    write(size, hand) {
      if (ended || pendingBytes + size > PENDING_WRITE_LIMIT) return Promise.resolve(false)
      pendingBytes += size
      return new Promise((resolve) => {
        const cancelStall = clock.after(stallMs, () => {
          settle(false)
          onStall()
        })
        function settle(taken: boolean): void {
          if (!writes.delete(settle)) return
          cancelStall()
          pendingBytes -= size
          resolve(taken)
        }
        writes.add(settle)
        hand(settle)
      })
    },
    end() {
      ended = true
      for (const settle of writes) settle(false)
    },
  }
}
