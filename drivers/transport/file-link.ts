/** A character device that is read and written as a file, such as a USB printer at `/dev/usb/lp0` (usblp), as a `ByteLink`. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from './byte-link.ts'
import { findNode, identifyNode } from './device-node.ts'
import { createPendingWrites } from './pending-writes.ts'
import { type OpenPort, reopeningLink } from './reopening-link.ts'

export type FileLinkOptions = {
  /** Device node, a symbolic link to one, or a pattern as `findNode` takes it, such as `/dev/usb/lp*`. */
  readonly path: string
  readonly clock: Clock
  readonly reopenEveryMs?: number
  readonly stallMs?: number
}

/** Reading and writing never block, so that no thread of the pool is held by a printer that says nothing or takes nothing. */
const OPEN_FLAGS = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY
/** Between two reads of a device that was written to, or that has just said something: an answer is on its way. */
const READ_EVERY_MS = 20
/** For so long after that. Answers of printers are awaited for a second. */
const LISTEN_MS = 1500
/** Between two reads of a silent device: what it says of its own accord, such as an open cover, may come a little later. */
const READ_IDLE_EVERY_MS = 200
/** Between two tries to write to a device that takes nothing right now. */
const WRITE_AGAIN_MS = 5
/** usblp hands 8 kB to the printer at once; half of it keeps the count of what was taken honest. */
const WRITE_CHUNK_BYTES = 4096
const READ_CHUNK_BYTES = 1024

/**
 * Returns a link that does nothing until `start`. Any error of the device but "try again" (EIO and ENODEV after an unplug) ends
 * the port; it is opened again when the node is back. usblp lets one program in at a time: while another has it, the link stays
 * `gone` (EBUSY).
 */
export function fileLink(options: FileLinkOptions): ByteLink {
  const { path, clock, reopenEveryMs } = options
  const source = {
    identify: async () => identifyNode(await findNode(path)),
    open: () => openPort(options),
  }
  return reopeningLink({ source, clock, ...(reopenEveryMs === undefined ? {} : { reopenEveryMs }) })
}

async function openPort(options: FileLinkOptions): Promise<OpenPort | null> {
  const path = await findNode(options.path)
  if (path === null) return null
  try {
    return asOpenPort(await open(path, OPEN_FLAGS), options)
  } catch {
    // Not allowed, taken by another, or just gone: tried again.
    return null
  }
}

function asOpenPort(file: FileHandle, { clock, stallMs }: FileLinkOptions): OpenPort {
  const bytesListeners: ((bytes: Uint8Array) => void)[] = []
  const goneListeners: (() => void)[] = []
  const writes = createPendingWrites({
    clock,
    ...(stallMs === undefined ? {} : { stallMs }),
    onStall: () => void leave(),
  })
  const incoming = Buffer.alloc(READ_CHUNK_BYTES)
  let gone = false
  let closed: Promise<void> | null = null
  let listenUntil = clock.monotonicMs() + LISTEN_MS
  let isWaiting = false
  let cancelRead = (): void => {}
  let reading = read()
  let writing: Promise<unknown> = Promise.resolve()

  /** Reads until the device has nothing more to say, and again a little later. */
  async function read(): Promise<void> {
    while (!gone) {
      const count = await attempt(() => file.read(incoming, 0, incoming.length, null))
      if (count === 'gone') return void leave()
      // Zero bytes: an empty packet of the printer, not an end.
      if (count === 'notNow' || count.bytesRead === 0 || gone) break
      listenUntil = clock.monotonicMs() + LISTEN_MS
      const own = Uint8Array.from(incoming.subarray(0, count.bytesRead))
      incoming.fill(0)
      for (const listener of bytesListeners) listener(own)
    }
    if (!gone) readIn(clock.monotonicMs() < listenUntil ? READ_EVERY_MS : READ_IDLE_EVERY_MS)
  }

  function readIn(ms: number): void {
    cancelRead = clock.after(ms, () => {
      isWaiting = false
      reading = read()
    })
    isWaiting = true
  }

  /** An answer may come from now on. */
  function listen(): void {
    listenUntil = clock.monotonicMs() + LISTEN_MS
    if (!isWaiting) return
    cancelRead()
    readIn(READ_EVERY_MS)
  }

  async function writeAll(bytes: Uint8Array): Promise<boolean> {
    if (!gone) listen()
    for (let at = 0; at < bytes.length && !gone; ) {
      const length = Math.min(WRITE_CHUNK_BYTES, bytes.length - at)
      const count = await attempt(() => file.write(bytes, at, length, null))
      if (count === 'gone') {
        void leave()
        return false
      }
      if (count === 'notNow')
        await new Promise<void>((resolve) => clock.after(WRITE_AGAIN_MS, resolve))
      else at += count.bytesWritten
    }
    return !gone
  }

  async function inTurn(
    before: Promise<unknown>,
    bytes: Uint8Array,
    done: (taken: boolean) => void,
  ): Promise<void> {
    await before
    done(await writeAll(bytes))
  }

  function leave(): Promise<void> {
    closed ??= end()
    return closed
  }

  async function end(): Promise<void> {
    gone = true
    cancelRead()
    writes.end()
    for (const listener of goneListeners) listener()
    await Promise.allSettled([reading, writing])
    await file.close().catch(() => {
      // The descriptor is free either way; a device that is gone may complain.
    })
  }

  return {
    write: (bytes) =>
      writes.write(bytes.length, (done) => {
        writing = inTurn(writing, bytes, done)
      }),
    onBytes: (listener) => void bytesListeners.push(listener),
    onGone(listener) {
      if (gone) listener()
      else goneListeners.push(listener)
    },
    close: leave,
  }
}

type Attempt<Result> = Result | 'notNow' | 'gone'

async function attempt<Result extends { bytesRead: number } | { bytesWritten: number }>(
  call: () => Promise<Result>,
): Promise<Attempt<Result>> {
  try {
    return await call()
  } catch (error) {
    return isTryAgain(error) ? 'notNow' : 'gone'
  }
}

/** ENOSPC: usblp calls a printer without paper so when it was told to look. */
function isTryAgain(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EAGAIN' || error.code === 'EINTR' || error.code === 'ENOSPC')
  )
}
