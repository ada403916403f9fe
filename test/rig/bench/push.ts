/** Sends the state to one open page: at once, then after changes, never faster than the page can take it. */
import type { WebSocket } from 'ws'
import type { CountedState } from './counted-state.ts'

/** Printing changes the state with every line; a person cannot see more than this. */
const PUSH_EVERY_MS = 40
/** A page that has this much unread gets nothing until it has caught up; only the newest state counts. */
const MAX_UNREAD_BYTES = 1024 * 1024

/** Starts pushing; the returned function ends it. */
export function pushState(client: WebSocket, source: CountedState): () => void {
  let timer: NodeJS.Timeout | undefined
  const push = (): void => {
    timer = undefined
    if (client.bufferedAmount > MAX_UNREAD_BYTES) {
      timer = setTimeout(push, PUSH_EVERY_MS)
      return
    }
    client.send(JSON.stringify(source.state()))
  }
  client.on('error', () => client.terminate())
  push()
  const forget = source.onChange(() => {
    timer ??= setTimeout(push, PUSH_EVERY_MS)
  })
  return () => {
    forget()
    clearTimeout(timer)
  }
}
