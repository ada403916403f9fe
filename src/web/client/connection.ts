/**
 * Keeps one socket to the terminal. The moment it is lost the view goes too: a screen without its terminal must not show
 * an amount that may no longer be true.
 */
import { type Signal, signal } from '@preact/signals'
import type { Action, Push, View } from '#shell/api/view.ts'

/** The newest view and how far the terminal's clock is ahead of this page's, in milliseconds. */
type Shown = { readonly view: View; readonly clockAheadMs: number }

export type Connection = {
  /** Null while there is no connection. */
  readonly shown: Signal<Shown | null>
  readonly everConnected: Signal<boolean>
  /** False when there is no connection: the action is dropped, never kept for later. */
  readonly send: (action: Action) => boolean
  readonly onRefused: (listener: () => void) => void
}

const RECONNECT_FIRST_MS = 200
const RECONNECT_MAX_MS = 2000
/** How often the page asks whether the terminal still answers, and how long it may take. */
const PROBE_EVERY_MS = 5000
const PROBE_TIMEOUT_MS = 3000

/** Connects at once and for ever. */
export function connect(): Connection {
  const shown = signal<Shown | null>(null)
  const everConnected = signal(false)
  const refusedListeners: (() => void)[] = []
  let socket: WebSocket | null = null
  let waitMs = RECONNECT_FIRST_MS

  const lose = (lost: WebSocket): void => {
    if (socket !== lost) return
    socket = null
    shown.value = null
    lost.close()
    setTimeout(open, waitMs)
    waitMs = Math.min(waitMs * 2, RECONNECT_MAX_MS)
  }
  const open = (): void => {
    const opened = new WebSocket(`ws://${location.host}/api/live`)
    socket = opened
    opened.onclose = () => lose(opened)
    opened.onmessage = (event: MessageEvent<string>) => {
      if (socket !== opened) return
      const push: Push = JSON.parse(event.data)
      if (push.type === 'refused') for (const listener of refusedListeners) listener()
      else if (shown.value === null || push.view.revision >= shown.value.view.revision) {
        waitMs = RECONNECT_FIRST_MS
        everConnected.value = true
        shown.value = { view: push.view, clockAheadMs: push.view.now - Date.now() }
      }
    }
  }
  const probe = async (): Promise<void> => {
    const probed = socket
    if (probed === null || probed.readyState !== WebSocket.OPEN) return
    try {
      await fetch('/api/view', { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    } catch {
      // The terminal hangs or is gone without having closed the socket: both are a lost connection.
      lose(probed)
    }
  }

  open()
  setInterval(() => void probe(), PROBE_EVERY_MS)
  return {
    shown,
    everConnected,
    send(action) {
      if (socket === null || socket.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(action))
      return true
    },
    onRefused: (listener) => void refusedListeners.push(listener),
  }
}
