/** A serial port, USB-CDC port or pseudo-terminal as a `ByteLink`: it opens its path again for ever and notices a replug within a second. */
import { SerialPortStream } from '@serialport/stream'
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from './byte-link.ts'
import { findNode, identifyNode } from './device-node.ts'
import { createPendingWrites } from './pending-writes.ts'
import { type OpenPort, reopeningLink } from './reopening-link.ts'
import { serialBinding } from './serial-binding.ts'

export type SerialLinkOptions = {
  /** Device node, a symbolic link to one, or a pattern as `findNode` takes it. */
  readonly path: string
  readonly baudRate: number
  readonly clock: Clock
  /** How often a missing port is tried again, and an open one is compared with what `path` names now. */
  readonly reopenEveryMs?: number
  /** A write the device does not take for this long counts as a lost link, and the port is opened afresh. */
  readonly stallMs?: number
}

/**
 * Returns a link that does nothing until `start`. 8 data bits, no parity, 1 stop bit; DTR and RTS are raised where the port has them.
 * `write` resolves false when the link is gone, when too many bytes wait (see pending-writes), or after `stallMs`.
 * The port is locked: a second link on the same device stays `gone` until the first closes. Chunks are copies of their own; the
 * bytes in serialport's pool are zeroed, because a card reader's answers pass here.
 */
export function serialLink(options: SerialLinkOptions): ByteLink {
  const { path, clock, reopenEveryMs } = options
  const source = {
    identify: async () => identifyNode(await findNode(path)),
    open: () => openPort(options),
  }
  return reopeningLink({ source, clock, ...(reopenEveryMs === undefined ? {} : { reopenEveryMs }) })
}

async function openPort(options: SerialLinkOptions): Promise<OpenPort | null> {
  const path = await findNode(options.path)
  if (path === null) return null
  const { baudRate } = options
  const stream = new SerialPortStream({ binding: serialBinding(), path, baudRate, autoOpen: false })
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

function asOpenPort(stream: SerialPortStream, { clock, stallMs }: SerialLinkOptions): OpenPort {
  const goneListeners: (() => void)[] = []
  const writes = createPendingWrites({
    clock,
    ...(stallMs === undefined ? {} : { stallMs }),
    onStall: () => void close(),
  })
  let gone = false
  let closed: Promise<void> | null = null

  stream.once('close', leave)
  if (!stream.isOpen) leave()

  function leave(): void {
    if (gone) return
    gone = true
    writes.end()
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
    write: (bytes) =>
      writes.write(bytes.length, (done) =>
        stream.write(bytes, (error) => done(error === null || error === undefined)),
      ),
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
