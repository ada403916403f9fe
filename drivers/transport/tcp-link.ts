/** A TCP connection as a `ByteLink`: printers in the network listen on port 9100 and take what comes. */
import { createConnection, type Socket } from 'node:net'
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from './byte-link.ts'
import { createPendingWrites } from './pending-writes.ts'
import { type OpenPort, reopeningLink } from './reopening-link.ts'

export type TcpLinkOptions = {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  readonly connectTimeoutMs?: number
  readonly reopenEveryMs?: number
  readonly stallMs?: number
}

/** A printer in the shop's own network answers within milliseconds; a switch that just woke takes a second or two. */
const CONNECT_TIMEOUT_MS = 3000
/** Half a second between two tries: healed within a second, and no storm on a printer that is switched off. */
const RECONNECT_EVERY_MS = 500
/** After this much silence the system asks once a second, ten times: a printer without power is noticed within 15 seconds. */
const KEEP_ALIVE_AFTER_MS = 5000

/**
 * Returns a link that does nothing until `start`. A connection that the printer ends, refuses or does not answer within
 * `connectTimeoutMs` is tried again for ever. Most printers take one connection at a time: while another till holds it, the link
 * stays `gone`, or the printer stays silent.
 */
export function tcpLink(options: TcpLinkOptions): ByteLink {
  const { host, port, clock, reopenEveryMs = RECONNECT_EVERY_MS } = options
  const source = {
    identify: () => Promise.resolve(`${host}:${port}`),
    open: () => connect(options),
  }
  return reopeningLink({ source, clock, reopenEveryMs })
}

function connect(options: TcpLinkOptions): Promise<OpenPort | null> {
  const { host, port, clock, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options
  const socket = createConnection({ host, port, noDelay: true })
  socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS)
  // What went wrong does not matter: `close` follows every error.
  socket.on('error', () => {})
  return new Promise((resolve) => {
    const cancel = clock.after(connectTimeoutMs, () => socket.destroy())
    socket.once('close', () => {
      cancel()
      resolve(null)
    })
    socket.once('connect', () => {
      cancel()
      resolve(asOpenPort(socket, options))
    })
  })
}

function asOpenPort(socket: Socket, { clock, stallMs }: TcpLinkOptions): OpenPort {
  const goneListeners: (() => void)[] = []
  const writes = createPendingWrites({
    clock,
    ...(stallMs === undefined ? {} : { stallMs }),
    onStall: () => void socket.destroy(),
  })
  let gone = false
  socket.once('end', () => socket.destroy())
  socket.once('close', () => {
    gone = true
    writes.end()
    for (const listener of goneListeners) listener()
  })

  return {
    write: (bytes) =>
      writes.write(bytes.length, (done) =>
        socket.write(bytes, (error) => done(error === null || error === undefined)),
      ),
    onBytes(listener) {
      socket.on('data', (chunk) => listener(Uint8Array.from(Buffer.from(chunk))))
    },
    onGone(listener) {
      if (gone) listener()
      else goneListeners.push(listener)
    },
    close() {
      if (gone) return Promise.resolve()
      return new Promise((resolve) => {
        socket.once('close', () => resolve())
        socket.destroy()
      })
    },
  }
}
