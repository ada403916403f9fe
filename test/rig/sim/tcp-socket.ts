/** The far end of a network cable: a listening port that takes one connection at a time, as printers do. */
import { createServer, type Server, type Socket } from 'node:net'
import type { Pty } from './pty.ts'

export type TcpSocket = Pty & {
  readonly port: number
  /** Connections taken so far. */
  readonly connections: number
  /** Stops reading: the terminal's bytes pile up. */
  deafen(): void
}

/** Listens on a free port of loopback. `unplug` resets the connection and stops listening; `plug` listens again on the same port. */
export async function openTcpSocket(): Promise<TcpSocket> {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  let client: Socket | null = null
  let server: Server | null = null
  let port = 0
  let connections = 0
  let deaf = false

  function plug(): Server {
    if (server !== null) return server
    server = createServer((socket) => take(socket)).listen(port, '127.0.0.1')
    return server
  }

  function take(socket: Socket): void {
    socket.on('error', () => {})
    if (client !== null) {
      socket.resetAndDestroy()
      return
    }
    client = socket
    connections += 1
    socket.once('close', () => {
      if (client === socket) client = null
    })
    if (deaf) socket.pause()
    else
      socket.on('data', (chunk: Buffer) => {
        for (const listener of listeners) listener(Uint8Array.from(chunk))
      })
  }

  function unplug(): void {
    server?.close()
    server = null
    client?.resetAndDestroy()
    client = null
  }

  port = await listening(plug())
  return {
    path: `127.0.0.1:${port}`,
    port,
    get plugged() {
      return server !== null
    },
    get connections() {
      return connections
    },
    onBytes: (listener) => void listeners.push(listener),
    write: (bytes) => void client?.write(bytes),
    plug: () => void plug(),
    unplug,
    stop: unplug,
    deafen() {
      deaf = true
      client?.pause()
    },
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
