/**
 * A line with questions on it. More than one may wait: an echo must never hold up a sale, and each answer finds its own question. A frame
 * that answers nothing is told, never guessed at.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { Line } from './open-line.ts'

export type ExchangeOutcome =
  | { readonly kind: 'answered'; readonly message: Uint8Array; readonly header: Uint8Array }
  /** No connection: not a byte left. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** Something left, or may have, and nothing usable came back in time. */
  | { readonly kind: 'silent'; readonly detail: string }

export type Asked = {
  /** Tells our answer from late or foreign ones. */
  readonly isOurs: (message: Uint8Array) => boolean
  readonly replyTimeoutMs: number
}

/** Frames that nobody waits for are told, up to this many on one line; then the line is given up. */
const STRAY_FRAMES_LIMIT = 32
export type BusyLine = {
  readonly line: Line
  readonly waiting: () => number
  /** Questions in a row that were not answered. */
  readonly silences: () => number
  readonly ask: (question: Asked & { readonly bytes: Uint8Array }) => Promise<ExchangeOutcome>
}

type Waiting = Pick<Asked, 'isOurs'> & { readonly end: (outcome: ExchangeOutcome) => void }

/** Hands each frame to the question that it answers; a question leaves by its answer, its time limit, or the end of the line. */
export function busyLine(
  line: Line,
  clock: Clock,
  onStray: (message: Uint8Array) => void,
): BusyLine {
  const waiting = new Set<Waiting>()
  let strays = 0
  let silences = 0
  const lose = (detail: string): void => {
    line.close()
    for (const one of waiting) one.end({ kind: 'silent', detail })
  }
  line.listen({
    frame: ({ message, header }) => {
      const asked = [...waiting].find((one) => one.isOurs(message))
      if (asked !== undefined) {
        silences = 0
        asked.end({ kind: 'answered', message, header })
        return
      }
      strays += 1
      if (strays <= STRAY_FRAMES_LIMIT) onStray(message)
      else lose('too many foreign frames')
    },
    lost: lose,
  })
  return {
    line,
    waiting: () => waiting.size,
    silences: () => silences,
    ask: ({ bytes, isOurs, replyTimeoutMs }) => {
      const { promise, resolve } = Promise.withResolvers<ExchangeOutcome>()
      let handedOver = false
      const stopTimer = clock.after(replyTimeoutMs, () => {
        silences += 1
        one.end({ kind: 'silent', detail: 'no answer in time' })
      })
      const one: Waiting = {
        isOurs,
        end: (outcome) => {
          stopTimer()
          waiting.delete(one)
          // Bytes that still wait to be sent must neither leave later nor be wiped under the system's hands.
          if (!handedOver) line.close()
          bytes.fill(0)
          resolve(outcome)
        },
      }
      waiting.add(one)
      line.write(bytes, () => {
        handedOver = true
        bytes.fill(0)
      })
      return promise
    },
  }
}
