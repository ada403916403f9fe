/** A serial port, USB-CDC port or pseudo-terminal as a `ByteLink`: it opens its path again for ever and notices a replug within a second. */
import { stat } from 'node:fs/promises'
import { SerialPortStream } from '@serialport/stream'
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink, LinkState } from './byte-link.ts'
import { serialBinding } from './serial-binding.ts'

export type SerialLinkOptions = {
  /** Device node or a symbolic link to one. */
  readonly path: string
  readonly baudRate: number
  readonly clock: Clock
  /** How often a missing port is tried again, and an open one is compared with what `path` names now. */
  readonly reopenEveryMs?: number
  /** A write the device does not take for this long counts as a lost link, and the port is opened afresh. */
  readonly stallMs?: number
}

/** Four looks a second: a replug is noticed well within a second, and costs one `stat`. */
const REOPEN_EVERY_MS = 250
/** A printer out of paper stops reading; its driver decides long before this. */
const WRITE_STALL_MS = 15_000
/** Bytes handed over and not yet taken by the system; a whole slip as raster is about 100 kB. */
const PENDING_WRITE_LIMIT = 1_048_576

/**
 * Returns a link that does nothing until `start`. 8 data bits, no parity, 1 stop bit; DTR and RTS are raised where the port has them.
 * `write` resolves false when the link is gone, when more than `PENDING_WRITE_LIMIT` bytes wait, or after `stallMs`.
 * The port is locked: a second link on the same device stays `gone` until the first closes. Chunks are copies of their own; the
 * bytes in serialport's pool are zeroed, because a card reader's answers pass here.
 */
export function serialLink(options: SerialLinkOptions): ByteLink {
  const { path, clock, reopenEveryMs = REOPEN_EVERY_MS, stallMs = WRITE_STALL_MS } = options
  const bytesListeners: ((bytes: Uint8Array) => void)[] = []
  const stateListeners: ((state: LinkState) => void)[] = []
  let current: OpenPort | null = null
  let opening: Promise<void> | null = null
  let stopped = true
  let cancelTick = (): void => {}

  function tick(): void {
    if (stopped) return
    opening = (current === null ? open() : compare(current)).finally(() => {
      opening = null
      if (!stopped) cancelTick = clock.after(reopenEveryMs, tick)
    })
  }

  async function open(): Promise<void> {
    const identity = await identify(path)
    if (identity === null || stopped) return
    const port = await openPort({ path, baudRate: options.baudRate, identity, clock, stallMs })
    if (port === null) return
    if (stopped) return port.close()
    current = port
    port.onBytes((bytes) => {
      for (const listener of bytesListeners) listener(bytes)
    })
    port.onGone(() => {
      if (current !== port) return
      current = null
      tell('gone')
    })
    if (current === port) tell('open')
  }

  /** A cable put back behind the same name is another device, even when the old descriptor never said goodbye. */
  async function compare(port: OpenPort): Promise<void> {
    if ((await identify(path)) !== port.identity) await port.close()
  }

  function tell(state: LinkState): void {
    for (const listener of stateListeners) listener(state)
  }

  return {
    get state() {
      return current === null ? 'gone' : 'open'
    },
    start() {
      if (!stopped) return
      stopped = false
      tick()
    },
    write: (bytes) => current?.write(bytes) ?? Promise.resolve(false),
    onBytes: (listener) => void bytesListeners.push(listener),
    onState: (listener) => void stateListeners.push(listener),
    async close() {
      stopped = true
      cancelTick()
      await opening
      await current?.close()
    },
  }
}

type OpenPort = {
  readonly identity: string
  write(bytes: Uint8Array): Promise<boolean>
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** Called once; at once when the port is gone already. */
  onGone(listener: () => void): void
  close(): Promise<void>
}

type OpenPortOptions = {
  readonly path: string
  readonly baudRate: number
  readonly identity: string
  readonly clock: Clock
  readonly stallMs: number
}

async function openPort(options: OpenPortOptions): Promise<OpenPort | null> {
  const stream = new SerialPortStream({
    binding: serialBinding(),
    path: options.path,
    baudRate: options.baudRate,
    autoOpen: false,
  })
  // serialport also reports by event what it reports by callback; without a listener that would end the process.
  stream.on('error', () => {})
  const opened = await new Promise<boolean>((resolve) => {
    stream.open((error) => resolve(error === null))
  })
  if (!opened) return null
  // Pseudo-terminals have no modem lines and some CDC devices refuse the call; the kernel raised both lines at open already.
  await new Promise<void>((resolve) => stream.set({ dtr: true, rts: true }, () => resolve()))
  return asOpenPort(stream, options)
}

function asOpenPort(
  stream: SerialPortStream,
  { identity, clock, stallMs }: OpenPortOptions,
): OpenPort {
  const writes = new Set<(taken: boolean) => void>()
  const goneListeners: (() => void)[] = []
  let pendingBytes = 0
  let gone = false
  let closed: Promise<void> | null = null

  stream.once('close', leave)
  if (!stream.isOpen) leave()

  function leave(): void {
    if (gone) return
    gone = true
    for (const settle of writes) settle(false)
    for (const listener of goneListeners) listener()
    stream.destroy()
  }

  function close(): Promise<void> {
    closed ??= new Promise((resolve) => {
      if (gone) return resolve()
      if (stream.closing) return void stream.once('close', () => resolve())
      stream.close(() => {
        leave()
        resolve()
      })
    })
    return closed
  }

  return {
    identity,
    write(bytes) {
      if (gone || pendingBytes + bytes.length > PENDING_WRITE_LIMIT) return Promise.resolve(false)
      pendingBytes += bytes.length
      return new Promise((resolve) => {
        const stalled = clock.after(stallMs, () => {
          settle(false)
          void close()
        })
        function settle(taken: boolean): void {
          if (!writes.delete(settle)) return
          stalled()
          pendingBytes -= bytes.length
          resolve(taken)
        }
        writes.add(settle)
        stream.write(bytes, (error) => settle(error === null || error === undefined))
      })
    },
    onBytes(listener) {
      stream.on('data', (chunk: Buffer) => {
        const own = Uint8Array.from(chunk)
        chunk.fill(0)
        listener(own)
      })
    },
    onGone(listener) {
      if (gone) listener()
      else goneListeners.push(listener)
    },
    close,
  }
}

/** Which device stands behind the path now; null when there is none. A number used again is noticed by the hang-up before it. */
async function identify(path: string): Promise<string | null> {
  try {
    const found = await stat(path)
    return found.isCharacterDevice() ? `${found.dev}:${found.ino}:${found.rdev}` : null
  } catch {
    // Not there, or not allowed: both are "gone" until it changes.
    return null
  }
}
