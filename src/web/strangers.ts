/**
 * Sockets that have not shown the token yet. They wait in a place of their own, so that a program without it, silent or deaf, keeps no
 * screen out: neither counts its sockets among the screens, nor does it hold a socket longer than a breath.
 */
import type { WebSocket } from 'ws'

/** As many as there may be screens: after a restart all of them come at once. One more, and the oldest is put out. */
export const STRANGERS_MAX = 16
/** A page says hello in the same breath in which it connects. */
const HELLO_TIMEOUT_MS = 3000
/** A page answers a farewell at once; what does not is cut off. */
const FAREWELL_MS = 500
/** Close code of a screen without the token: it must be opened anew, connecting again is of no use. */
export const CLOSE_NO_TOKEN = 4401

export type Strangers = {
  /** Hears the first frame and nothing after it. Asks `met` once who that is; false says farewell, and so does silence. */
  greet(
    screen: WebSocket,
    met: (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => boolean,
  ): void
}

/** `refused` is told of each that did not show the token in time. */
export function greetStrangers(refused: () => void): Strangers {
  const waiting = new Set<WebSocket>()
  return {
    greet(screen, met) {
      for (const oldest of waiting) {
        if (waiting.size < STRANGERS_MAX) break
        waiting.delete(oldest)
        oldest.terminate()
      }
      waiting.add(screen)
      const done = (): void => {
        clearTimeout(late)
        waiting.delete(screen)
        screen.off('message', hear)
      }
      const farewell = (): void => {
        done()
        refused()
        screen.close(CLOSE_NO_TOKEN)
        const deaf = setTimeout(() => screen.terminate(), FAREWELL_MS)
        screen.once('close', () => clearTimeout(deaf))
      }
      const hear = (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): void => {
        done()
        if (!met(data, isBinary)) farewell()
      }
      const late = setTimeout(farewell, HELLO_TIMEOUT_MS)
      screen.on('message', hear)
      screen.on('close', done)
    },
  }
}
