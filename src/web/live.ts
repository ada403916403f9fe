/**
 * The socket to a screen. A screen only ever needs the newest view, so while one is still on its way out later ones
 * replace each other: a slow screen costs at most two views of memory and never sees an old state after a new one.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { Push, View } from '#shell/api/view.ts'
import { ACTION_FRAME_MAX_BYTES, readAction } from './action-frame.ts'

/** Counter, customer, bench and a technician's look at each; a page that leaks sockets stops here. */
export const SCREENS_MAX = 16
/** A screen that does not answer one ping in this time is gone; its page reconnects by itself. */
const HEARTBEAT_MS = 10_000
/** With more than this unsent, refusals are dropped: they are a courtesy, the view is not. */
const REFUSAL_BUFFER_MAX_BYTES = 16_384

export type Live = {
  /** Takes over an upgrade that was already found to be our own page's. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every socket. Safe to call twice. */
  close(): void
}

export type ScreensLog = (event: string, facts?: Readonly<Record<string, string | number>>) => void

/** Serves any number of screens up to `SCREENS_MAX` from one api. */
export function startLive(api: ScreensApi, log: ScreensLog): Live {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: ACTION_FRAME_MAX_BYTES })
  const heartbeat = beat(sockets)

  return {
    accept(request, socket, head) {
      if (sockets.clients.size >= SCREENS_MAX) {
        log('screenRefused', { screens: sockets.clients.size })
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (screen) => serve(screen, api, log))
    },
    close() {
      clearInterval(heartbeat)
      for (const screen of sockets.clients) screen.terminate()
      sockets.close()
    },
  }
}

function serve(screen: WebSocket, api: ScreensApi, log: ScreensLog): void {
  const sendNewest = newestOnly(screen)
  const stop = api.onView(sendNewest)
  screen.on('close', stop)
  // A broken frame or a vanished peer: ws closes the socket after this event, and the page reconnects.
  screen.on('error', (error) => log('screenLost', { why: error.message }))
  screen.on('message', (frame, isBinary) => {
    const read = isBinary ? refusedBinary : readAction(textOf(frame))
    if (read.ok) api.act(read.action)
    else if (screen.bufferedAmount < REFUSAL_BUFFER_MAX_BYTES) {
      screen.send(encode({ type: 'refused', why: read.why }))
    }
  })
  sendNewest(api.view())
}

const refusedBinary = { ok: false, why: 'the frame is not text' } as const

/** Sends one view at a time; what arrives meanwhile waits alone and is replaced by anything newer. */
function newestOnly(screen: WebSocket): (view: View) => void {
  let sending = false
  let waiting: View | null = null
  const send = (view: View): void => {
    sending = true
    screen.send(encode({ type: 'view', view }), () => {
      sending = false
      const next = waiting
      waiting = null
      if (next !== null && screen.readyState === screen.OPEN) send(next)
    })
  }
  return (view) => {
    if (screen.readyState !== screen.OPEN) return
    if (sending) waiting = view
    else send(view)
  }
}

function beat(sockets: WebSocketServer): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>()
  const timer = setInterval(() => {
    for (const screen of sockets.clients) {
      if (silent.has(screen)) {
        screen.terminate()
        continue
      }
      silent.add(screen)
      screen.once('pong', () => silent.delete(screen))
      screen.ping()
    }
  }, HEARTBEAT_MS)
  timer.unref()
  return timer
}

function textOf(frame: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(frame)) return Buffer.concat(frame).toString('utf8')
  return Buffer.isBuffer(frame) ? frame.toString('utf8') : Buffer.from(frame).toString('utf8')
}

function encode(push: Push): string {
  return JSON.stringify(push)
}
