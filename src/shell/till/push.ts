/** Tells tills that keep a WebSocket open what becomes of their orders. It only ever sends: orders come in by HTTP. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { TillDesk } from './desk.ts'

/** Tills of one counter, and a spare for one that has lost its line without saying so. */
const LISTENERS_MAX = 8
/** A till that does not answer one ping within this time is gone. */
const HEARTBEAT_MS = 10_000
/** A till that does not read is let go: it asks again by reference. */
const UNSENT_MAX_BYTES = 65_536
/** Nothing is expected from it. */
const FRAME_MAX_BYTES = 256

export type Push = {
  /** Takes over an upgrade that was let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every socket. Safe to call twice. */
  close(): void
}

export function startPush(desk: Pick<TillDesk, 'onChange'>): Push {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX_BYTES })
  const alive = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const till of sockets.clients) {
      if (!alive.delete(till)) till.terminate()
      else till.ping()
    }
  }, HEARTBEAT_MS)
  const stop = desk.onChange((order) => {
    const text = JSON.stringify(order)
    for (const till of sockets.clients) {
      if (till.bufferedAmount > UNSENT_MAX_BYTES) till.terminate()
      else till.send(text)
    }
  })
  return {
    accept(request, socket, head) {
      if (sockets.clients.size >= LISTENERS_MAX) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (till) => {
        alive.add(till)
        till.on('pong', () => alive.add(till))
        // What it says means nothing; a till that keeps talking here is misled and let go.
        till.on('message', () => till.close(1008))
        // A broken frame or a vanished peer: ws closes the socket after this event.
        till.on('error', () => till.terminate())
      })
    },
    close() {
      clearInterval(heartbeat)
      stop()
      for (const till of sockets.clients) till.terminate()
      sockets.close()
    },
  }
}
