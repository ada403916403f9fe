/**
 * The far end of a cable: a pseudo-terminal behind a symbolic link that stays while its number changes. Every simulated serial
 * device stands on one.
 */
import {
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  write as writeDescriptor,
} from 'node:fs'
import { dirname } from 'node:path'
import { ReadStream } from 'node:tty'
import { open } from 'zigpty'

export type Pty = {
  readonly path: string
  readonly plugged: boolean
  /** Bytes the terminal wrote. The listener owns them. */
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** Bytes for the terminal, in order. Lost when unplugged; a reader that does not read loses bytes as on a real line. */
  write(bytes: Uint8Array): void
  /** A new pseudo-terminal behind the same path. Safe to call twice. */
  plug(): void
  /** The far end sees a hang-up and the path disappears. Safe to call twice. */
  unplug(): void
  stop(): void
}

/** Bytes waiting for a terminal that does not read; beyond it they are lost. */
const QUEUE_LIMIT = 1_048_576
/** When the system takes no more bytes for this long, nobody reads: the line overruns. */
const OVERRUN_MS = 500

/** Opens a pseudo-terminal and links `path` to it, making its folder. A link left by an earlier run is replaced. */
export function openPty(options: { readonly path: string }): Pty {
  const { path } = options
  const listeners: ((bytes: Uint8Array) => void)[] = []
  let line: Line | null = null

  function plug(): void {
    if (line !== null) return
    line = openLine((bytes) => {
      for (const listener of listeners) listener(bytes)
    })
    mkdirSync(dirname(path), { recursive: true })
    const fresh = `${path}.new`
    rmSync(fresh, { force: true })
    symlinkSync(line.device, fresh)
    renameSync(fresh, path)
  }

  function unplug(): void {
    if (line === null) return
    if (linksTo(path) === line.device) rmSync(path, { force: true })
    line.close()
    line = null
  }

  plug()
  return {
    path,
    get plugged() {
      return line !== null
    },
    onBytes: (listener) => void listeners.push(listener),
    write: (bytes) => line?.write(bytes),
    plug,
    unplug,
    stop: unplug,
  }
}

type Line = {
  readonly device: string
  write(bytes: Uint8Array): void
  close(): void
}

function openLine(receive: (bytes: Uint8Array) => void): Line {
  const { master: descriptor, slave: farDescriptor, pty: device } = open()
  // The far side is held open, so that the line does not hang up while no terminal runs, and raw, so that nothing is echoed.
  const far = new ReadStream(farDescriptor)
  far.setRawMode(true)
  far.unref()
  far.on('error', () => {})
  const near = new ReadStream(descriptor)
  near.on('error', () => {})
  near.on('data', (chunk: Buffer) => {
    if (!closed) receive(Uint8Array.from(chunk))
  })

  const queue: Uint8Array[] = []
  let queued = 0
  let writing = false
  let closed = false

  function pump(): void {
    const next = queue.shift()
    if (next === undefined) return
    queued -= next.length
    writing = true
    let stuck = true
    // When we ourselves were kept waiting, the write may be long done and only its callback is late: the callback goes first.
    const overrun = setTimeout(
      () => setImmediate(() => (stuck ? far.resume() : undefined)),
      OVERRUN_MS,
    )
    // The descriptor blocks: a write sleeps in a thread of the pool until the terminal reads, or until the overrun empties the line.
    writeDescriptor(descriptor, next, 0, next.length, null, (error, written) => {
      clearTimeout(overrun)
      stuck = false
      far.pause()
      writing = false
      if (error === null && written < next.length) requeue(next.subarray(written))
      if (closed) hangUp()
      else pump()
    })
  }

  function requeue(rest: Uint8Array): void {
    queue.unshift(rest)
    queued += rest.length
  }

  function hangUp(): void {
    near.destroy()
    far.destroy()
  }

  return {
    device,
    write(bytes) {
      if (closed || bytes.length === 0 || queued + bytes.length > QUEUE_LIMIT) return
      queue.push(Uint8Array.from(bytes))
      queued += bytes.length
      if (!writing) pump()
    },
    close() {
      if (closed) return
      closed = true
      queue.length = 0
      // A write under way must end first: its descriptor number could name another file by then.
      if (writing) far.resume()
      else hangUp()
    },
  }
}

function linksTo(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    // Removed by someone else: nothing of ours is left there.
    return null
  }
}
