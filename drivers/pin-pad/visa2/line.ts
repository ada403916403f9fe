/** Whose turn it is on the one line to the pad, who the pad is, and whether it still lives. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import type { Standing } from '../../transport/standing.ts'
import { CONNECTION_TEST, READ_SERIAL_NUMBER, readSerialNumber } from './protocol.ts'
import type { Packet, Reply, Session } from './session.ts'

export type Line = {
  /** Runs one use of the pad after the one before. */
  inTurn<Result>(use: () => Promise<Result>): Promise<Result>
  /** Uses that run or wait. */
  readonly uses: number
  /** Resolves when all uses asked for so far are over. */
  idle(): Promise<unknown>
  /** One conversation, and what it says about the pad's health. Only inside `inTurn`. */
  converse(packet: Packet): Promise<Reply>
  stop(): void
}

export type LineOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  readonly session: Session
  readonly standing: Standing
  readonly testEveryMs: number
}

/** A pad that went silent is noticed within one interval and two unanswered tests. */
export const LIVENESS_INTERVAL_MS = 4_000
const MISSED_TESTS_BEFORE_NO_ANSWER = 2
export const ADMINISTRATION_ANSWER_MS = 1_500

export function createLine({ link, clock, session, standing, testEveryMs }: LineOptions): Line {
  let last: Promise<unknown> = Promise.resolve()
  let uses = 0
  let missed = 0
  let stopTimer = (): void => {}
  let stopped = false

  link.onState((state) => {
    missed = 0
    stopTimer()
    if (state === 'gone') standing.raise('gone')
    else void inTurn(greet).then(testLater)
  })

  const inTurn = <Result>(use: () => Promise<Result>): Promise<Result> => {
    uses++
    const result = last.then(use)
    const release = (): void => {
      uses--
    }
    last = result.then(release, release)
    return result
  }

  const converse = async (packet: Packet): Promise<Reply> => {
    const reply = await session.exchange(packet)
    if (reply.kind !== 'failed') {
      missed = 0
      standing.clear('noAnswer', 'garbled')
    } else if (reply.why === 'garbled') standing.raise('garbled')
    else if (reply.why === 'noAnswer' && ++missed >= MISSED_TESTS_BEFORE_NO_ANSWER) {
      standing.raise('noAnswer')
    }
    return reply
  }

  const greet = async (): Promise<void> => {
    const reply = await converse(administration(READ_SERIAL_NUMBER, ADMINISTRATION_ANSWER_MS))
    if (link.state === 'gone') return
    standing.clear('gone', 'keyMissing', 'tampered')
    const serial = reply.kind === 'answer' ? readSerialNumber(reply.data) : null
    if (serial !== null) standing.identify(`VISA-II ${serial}`)
  }

  const testLater = (): void => {
    stopTimer()
    if (stopped || link.state === 'gone') return
    stopTimer = clock.after(testEveryMs, () => {
      if (uses > 0) testLater()
      else void inTurn(() => converse(administration(CONNECTION_TEST, 0))).then(testLater)
    })
  }

  return {
    inTurn,
    get uses() {
      return uses
    },
    idle: () => last,
    converse,
    stop() {
      stopped = true
      stopTimer()
    },
  }
}

/** A packet of the administration family; `answerWithinMs` 0 when it is only acknowledged. */
export function administration(packet: Iterable<number>, answerWithinMs: number): Packet {
  return { family: 'administration', data: Uint8Array.from(packet), answerWithinMs }
}
