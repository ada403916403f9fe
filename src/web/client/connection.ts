/**
 * Keeps one socket to the terminal. The moment it is lost the view goes too: a screen without its terminal must not show
 * an amount that may no longer be true.
 */
import { type Signal, signal } from '@preact/signals'
import type { Action, CustomerView, Frame, Look, Push, View } from '#shell/api/view.ts'
import { launchToken } from './launch-token.ts'

/** The newest view and how far the terminal's clock is ahead of this page's, in milliseconds. */
export type Shown<V> = { readonly view: V; readonly clockAheadMs: number }

/** Why there is no view: not yet, not any more, or this page was opened without the terminal's token. */
export type Gap = 'connecting' | 'lost' | 'locked'

/** Why the terminal did not do what was asked. */
type Unheard = Extract<Push, { type: 'refused' | 'stale' }>

export type Connection<V> = {
  /** Null while there is no connection; then `gap` says why. */
  readonly shown: Signal<Shown<V> | null>
  readonly gap: Signal<Gap>
  /** Null before the terminal has said how the screens are to look. */
  readonly look: Signal<Look | null>
  /** False when there is no connection: the action is dropped, never kept for later. */
  readonly send: (action: Action) => boolean
  /** Asks the terminal for something besides the view; rejects when it does not answer in time. */
  readonly ask: (path: string) => Promise<Response>
  readonly onUnheard: (listener: (push: Unheard) => void) => void
}

const RECONNECT_FIRST_MS = 200
const RECONNECT_MAX_MS = 2000
/** How often the page asks whether the terminal still answers, and how long it may take. */
const PROBE_EVERY_MS = 5000
const ANSWER_TIMEOUT_MS = 3000
/** The server closes with this when the token is wrong. */
const CLOSE_NO_TOKEN = 4401

/** Connects at once and for ever as the counter's screen. */
export function connectCounter(): Connection<View> {
  return connect('counter', (push) => (push.type === 'view' ? push.view : null))
}

/** Connects at once and for ever as the customer's screen. */
export function connectCustomer(): Connection<CustomerView> {
  return connect('customer', (push) => (push.type === 'customerView' ? push.view : null))
}

function connect<V extends { readonly revision: number; readonly now: number }>(
  screen: 'counter' | 'customer',
  viewOf: (push: Push) => V | null,
): Connection<V> {
  const shown = signal<Shown<V> | null>(null)
  const gap = signal<Gap>('connecting')
  const look = signal<Look | null>(null)
  const unheard: ((push: Unheard) => void)[] = []
  const token = launchToken(() => {
    if (socket === null) open()
    else socket.close()
  })
  let socket: WebSocket | null = null
  let retry = 0
  let waitMs = RECONNECT_FIRST_MS

  const lose = (lost: WebSocket, why: Gap): void => {
    if (socket !== lost) return
    socket = null
    shown.value = null
    gap.value = why
    lost.close()
    if (why === 'locked') return
    retry = window.setTimeout(open, waitMs)
    waitMs = Math.min(waitMs * 2, RECONNECT_MAX_MS)
  }
  const hear = (push: Push): void => {
    if (push.type === 'refused' || push.type === 'stale') {
      for (const listener of unheard) listener(push)
      return
    }
    if (push.type === 'look') look.value = push.look
    const view = viewOf(push)
    if (view === null || view.revision < (shown.value?.view.revision ?? 0)) return
    waitMs = RECONNECT_FIRST_MS
    gap.value = 'lost'
    shown.value = { view, clockAheadMs: view.now - Date.now() }
  }
  const open = (): void => {
    clearTimeout(retry)
    const opened = new WebSocket(`ws://${location.host}/api/live`)
    socket = opened
    opened.onopen = () => say(opened, { type: 'hello', screen, token: token() })
    opened.onclose = (event) =>
      lose(opened, event.code === CLOSE_NO_TOKEN ? 'locked' : stillGap(gap.value))
    opened.onmessage = (event: MessageEvent<string>) => {
      if (socket === opened) hear(JSON.parse(event.data))
    }
  }
  const ask = (path: string): Promise<Response> =>
    fetch(path, {
      headers: { authorization: `Bearer ${token()}` },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    })
  const probe = async (): Promise<void> => {
    const probed = socket
    if (probed === null || probed.readyState !== WebSocket.OPEN) return
    try {
      await ask('/api/alive')
    } catch {
      // The terminal hangs or is gone without having closed the socket: both are a lost connection.
      lose(probed, 'lost')
    }
  }

  open()
  setInterval(() => void probe(), PROBE_EVERY_MS)
  return {
    shown,
    gap,
    look,
    ask,
    send(action) {
      if (socket === null || shown.value === null) return false
      return say(socket, { type: 'act', revision: shown.value.view.revision, action })
    },
    onUnheard: (listener) => void unheard.push(listener),
  }
}

/** A page that was opened anew with the right token is connecting, not locked. */
function stillGap(gap: Gap): Gap {
  return gap === 'locked' ? 'connecting' : gap
}

function say(socket: WebSocket, frame: Frame): boolean {
  if (socket.readyState !== WebSocket.OPEN) return false
  socket.send(JSON.stringify(frame))
  return true
}
