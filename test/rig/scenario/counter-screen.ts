/** Eyes and hands at the counter page, over the same socket as the page itself. Every view that came is kept: a message may be short. */
import { WebSocket } from 'ws'
import type { Action, Frame, Push, View } from '#shell/api/view.ts'

/** Older views are forgotten. */
const VIEWS_KEPT = 1000

export type CounterScreen = {
  /** Views so far, oldest first; they outlive a power cut. */
  readonly views: readonly View[]
  /** Forgets all of them but the newest. */
  readonly forget: () => void
  /** False before the first view after a start, and while the power is off. */
  readonly live: () => boolean
  readonly open: (screens: string) => void
  /** Nobody sees anything any more. Safe to call twice. */
  readonly close: () => void
  /** What `make` builds is for the newest page. Lost when nothing is shown. */
  readonly send: (make: (page: string) => Action) => void
}

/** A screen that is dark. `changed` is called after every view. */
export function createCounterScreen(changed: () => void): CounterScreen {
  const views: View[] = []
  let socket: WebSocket | null = null
  let live = false
  const close = (): void => {
    live = false
    socket?.terminate()
    socket = null
  }
  return {
    views,
    forget: () => void views.splice(0, views.length - 1),
    live: () => live,
    close,
    open(screens) {
      close()
      const { hash, origin } = new URL(screens)
      const opened = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { origin })
      socket = opened
      opened.on('open', () =>
        tell(opened, { type: 'hello', screen: 'counter', token: hash.slice(1) }),
      )
      opened.on('message', (data: Buffer) => {
        if (socket !== opened) return
        const push: Push = JSON.parse(data.toString('utf8'))
        if (push.type !== 'view') return
        live = true
        views.push(push.view)
        if (views.length > VIEWS_KEPT) views.shift()
        changed()
      })
      // The terminal may die at any time; that shows in its state.
      opened.on('error', () => undefined)
    },
    send(make) {
      const seen = views.at(-1)
      if (!live || seen === undefined || socket === null) return
      tell(socket, { type: 'act', revision: seen.revision, action: make(seen.page) })
    },
  }
}

function tell(socket: WebSocket, frame: Frame): void {
  socket.send(JSON.stringify(frame))
}
