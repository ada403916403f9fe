/** Keeps asking the idle reader whether it is there, and keeps its questions out of the way of a transaction. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import type { Standing } from '../../transport/standing.ts'
import type { Conversation, Reply } from './conversation.ts'
import { type Command, FIRMWARE_VERSION, PING, STATUS_OK } from './protocol.ts'

export type Liveness = {
  /** Runs one use of the reader after the one before. */
  alone<Result>(use: () => Promise<Result>): Promise<Result>
  /** Resolves when no use of the reader runs. */
  idle(): Promise<unknown>
  /** Pings now; the trouble found, or null when there is none or the test was stopped. Only inside `alone`. */
  test(): Promise<'gone' | 'noAnswer' | 'garbled' | null>
  stop(): void
}

export type LivenessOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  readonly conversation: Conversation
  readonly standing: Standing
  readonly pingEveryMs: number
}

/** A reader that went silent is noticed within one interval and two pings. */
export const PING_INTERVAL_MS = 4_000
const PING_ANSWER_MS = 800
const PINGS = 2

const NOTHING = new Uint8Array()

export function createLiveness({
  link,
  clock,
  conversation,
  standing,
  pingEveryMs,
}: LivenessOptions): Liveness {
  let running: Promise<unknown> = Promise.resolve()
  let uses = 0
  let stopTimer = (): void => {}
  let stopped = false

  link.onState((state) => {
    stopTimer()
    if (state === 'gone') standing.raise('gone')
    else void alone(greet).then(pingLater)
  })

  const alone = <Result>(use: () => Promise<Result>): Promise<Result> => {
    uses++
    const result = running.then(use)
    const release = (): void => {
      uses--
    }
    running = result.then(release, release)
    return result
  }

  const greet = async (): Promise<void> => {
    await test()
    if (link.state === 'gone') return
    standing.clear('gone')
    const reply = await say(FIRMWARE_VERSION)
    if (reply.kind === 'answer') standing.identify(printable(reply.data))
  }

  const test = async (): Promise<'gone' | 'noAnswer' | 'garbled' | null> => {
    let found: 'gone' | 'noAnswer' | 'garbled' = 'noAnswer'
    for (let ping = 0; ping < PINGS; ping++) {
      const reply = await say(PING)
      if (reply.kind === 'answer' && reply.status === STATUS_OK) {
        standing.clear('noAnswer', 'garbled')
        return null
      }
      if (reply.kind === 'stopped') return null // cancelled: nothing learnt about the reader
      found = reply.kind === 'failed' ? reply.why : 'garbled'
      if (found === 'gone') return found
    }
    standing.raise(found)
    return found
  }

  const say = (command: Command): Promise<Reply> =>
    conversation.ask(command, NOTHING, { withinMs: PING_ANSWER_MS })

  const pingLater = (): void => {
    stopTimer()
    if (stopped || link.state === 'gone') return
    stopTimer = clock.after(pingEveryMs, () => {
      if (uses > 0) pingLater()
      else void alone(test).then(pingLater)
    })
  }

  return {
    alone,
    idle: () => running,
    test,
    stop() {
      stopped = true
      stopTimer()
    },
  }
}

function printable(data: Uint8Array): string {
  return String.fromCharCode(...data.subarray(0, 64)).replace(/[^\x20-\x7e]/g, '')
}
