/**
 * The sockets to the screens. A screen only ever needs the newest view, so while one is still on its way out later ones
 * replace each other: a slow screen costs at most two views of memory and never sees an old state after a new one.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { customerView } from '#shell/api/customer-view.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { Action, Frame, Look, Push, ScreenName, View } from '#shell/api/view.ts'
import { FRAME_MAX_BYTES, readFrame } from './action-frame.ts'
import { fitsToken } from './screen-token.ts'
import { greetStrangers } from './strangers.ts'
import { createTurns } from './turns.ts'

/** Counter, customer, bench and a technician's look at each; a page that leaks sockets stops here. */
export const SCREENS_MAX = 16
/** A screen that does not answer one ping in this time is gone; its page reconnects by itself. */
const HEARTBEAT_MS = 10_000
/** With more than this unsent, refusals are dropped: they are a courtesy, the view is not. */
const REFUSAL_BUFFER_MAX_BYTES = 16_384
/** Close code of one screen too many that was let in while the last place was still free: it tries again later (RFC 6455, 7.4.1). */
const CLOSE_TRY_LATER = 1013

export type Live = {
  /** Takes over an upgrade that was already found to be our own page's. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every socket. Safe to call twice. */
  close(): void
}

export type ScreensLog = (event: string, facts?: Readonly<Record<string, string | number>>) => void

type LiveParts = {
  readonly api: ScreensApi
  readonly log: ScreensLog
  readonly token: string
  readonly look: Look
}

/** Serves any number of screens up to `SCREENS_MAX` from one api. */
export function startLive({ api, log, token, look }: LiveParts): Live {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX_BYTES })
  const heartbeat = beat(sockets)
  const turns = createTurns(() => api.view())
  const act = (screen: WebSocket, seen: number, action: Action): void => {
    const stale = turns.take(screen, seen, action)
    if (stale === null) api.act(action)
    else tell(screen, { type: 'stale', why: stale })
  }
  const known = new Set<WebSocket>()
  const strangers = greetStrangers(() => log('screenWithoutToken'))
  const welcome = (screen: WebSocket, name: ScreenName): void => {
    known.add(screen)
    screen.on('close', () => known.delete(screen))
    tell(screen, { type: 'look', look })
    serve(screen, name, api, act)
  }

  return {
    accept(request, socket, head) {
      if (known.size >= SCREENS_MAX) {
        log('screenRefused', { screens: known.size })
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (screen) => {
        // A broken frame or a vanished peer: ws closes the socket after this event, and the page reconnects.
        screen.on('error', (error) => log('screenLost', { why: error.message }))
        strangers.greet(screen, (data, isBinary) => {
          const frame = frameOf(data, isBinary)
          if (typeof frame === 'string' || frame.type !== 'hello') return false
          if (!fitsToken(frame.token, token)) return false
          if (known.size >= SCREENS_MAX) screen.close(CLOSE_TRY_LATER)
          else welcome(screen, frame.screen)
          return true
        })
      })
    },
    close() {
      clearInterval(heartbeat)
      for (const screen of sockets.clients) screen.terminate()
      sockets.close()
    },
  }
}

function serve(
  screen: WebSocket,
  name: ScreenName,
  api: ScreensApi,
  act: (screen: WebSocket, seen: number, action: Action) => void,
): void {
  const sendNewest = newestOnly(screen, name)
  screen.on('close', api.onView(sendNewest))
  screen.on('message', (data, isBinary) => {
    const frame = frameOf(data, isBinary)
    if (typeof frame === 'string') tell(screen, { type: 'refused', why: frame })
    else if (frame.type === 'hello') tell(screen, { type: 'refused', why: 'hello comes once' })
    else if (mayAct(name, frame.action)) act(screen, frame.revision, frame.action)
    else tell(screen, { type: 'refused', why: 'not on the customer screen' })
  })
  sendNewest(api.view())
}

/** A customer may sign, and change the language of the customer's screen; nobody signs for a customer at the counter. */
function mayAct(name: ScreenName, action: Action): boolean {
  if (action.type === 'sign') return name === 'customer'
  return name === 'counter' || (action.type === 'locale' && action.screen === 'customer')
}

/** A frame, or why there is none. */
function frameOf(data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): Frame | string {
  if (isBinary) return 'the frame is not text'
  const read = readFrame(textOf(data))
  return read.ok ? read.frame : read.why
}

/** Sends one view at a time; what arrives meanwhile waits alone and is replaced by anything newer. */
function newestOnly(screen: WebSocket, name: ScreenName): (view: View) => void {
  let sending = false
  let waiting: View | null = null
  const send = (view: View): void => {
    sending = true
    const push: Push =
      name === 'counter'
        ? { type: 'view', view }
        : { type: 'customerView', view: customerView(view) }
    screen.send(JSON.stringify(push), () => {
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

function tell(screen: WebSocket, push: Push): void {
  if (screen.bufferedAmount < REFUSAL_BUFFER_MAX_BYTES) screen.send(JSON.stringify(push))
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

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8')
}
