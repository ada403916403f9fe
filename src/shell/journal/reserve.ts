/**
 * Room on the disk that nobody else can take: a file of no use, given up when the journal meets a full disk, so that what is owed can
 * still be written, sent and acknowledged. Nothing new is sold until the room is there again (fail closed, reserve file kept).
 */
import { closeSync, fsyncSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs'

/** Some fifty commits: enough for a reversal with its retries, the slips of a sale and a restart. */
export const RESERVE_BYTES = 1_048_576
const CHUNK = Buffer.alloc(65_536, 0x5a)

export type Reserve = {
  /** True when the room is there: it was, or could be taken now. Never throws. */
  readonly fill: () => boolean
  /** Gives the room to whoever writes next. Never throws, safe to call twice. */
  readonly release: () => void
}

export function createReserve(file: string): Reserve {
  const release = (): void => {
    try {
      unlinkSync(file)
    } catch {
      // It was not there, or the folder cannot be changed either: there is no room to give.
    }
  }
  return {
    release,
    fill: () => {
      if (isWhole(file)) return true
      try {
        writeWhole(file)
        return true
      } catch {
        // Half a reserve would take room from the journal and give none.
        release()
        return false
      }
    },
  }
}

function isWhole(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === RESERVE_BYTES
}

function writeWhole(file: string): void {
  const handle = openSync(file, 'w', 0o600)
  try {
    for (let at = 0; at < RESERVE_BYTES; ) at += writeSync(handle, CHUNK)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
