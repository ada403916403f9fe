/**
 * The PIN pad of the counter: a VISA-II unit with its own master keys. PIN digits stay inside it; what comes out is an
 * enciphered block that goes straight into the arena.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { PinOutcome, PinPadPort, PinRequest } from '#core/ports/pin-pad.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import {
  CANCEL,
  CONNECTION_TEST,
  displayPacket,
  masterKeySelected,
  pinEntryPacket,
  READ_SERIAL_NUMBER,
  readPinAnswer,
  readSerialNumber,
  selectMasterKeyPacket,
} from './protocol.ts'
import { createSession, type Reply } from './session.ts'
import { createStanding } from './standing.ts'

export type Visa2PinPadOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  readonly arena: SecretArena
  readonly testEveryMs?: number
}

/** A pad that went silent is noticed within one interval and two unanswered tests. */
export const LIVENESS_INTERVAL_MS = 4_000
export const MISSED_TESTS_BEFORE_NO_ANSWER = 2
export const ADMINISTRATION_ANSWER_MS = 1_500
/** Conversations that may wait for the line; texts beyond this are dropped. */
export const MAX_WAITING_TEXTS = 2

const HEX_KEY = /^(?:[0-9A-Fa-f]{16}|[0-9A-Fa-f]{32})$/
const HIGHEST_MASTER_KEY_INDEX = 9
/** Packet 71 error characters: A no key, F key exhausted (devices of this family); B flash fault, taken for a lost key memory. */
const TROUBLE_OF_ERROR: Readonly<Record<string, DeviceTrouble>> = {
  A: 'keyMissing',
  F: 'keyMissing',
  B: 'tampered',
}

/** The link must be fresh and unstarted: `start` and `close` of the pad start and close it. */
export function createVisa2PinPad(options: Visa2PinPadOptions): PinPadPort {
  const { link, clock, arena, testEveryMs = LIVENESS_INTERVAL_MS } = options
  const session = createSession(link, clock)
  const standing = createStanding('pinPad')
  let line: Promise<unknown> = Promise.resolve()
  let linePending = 0
  let entering = false
  let cancelAsked = false
  let missedTests = 0
  let stopPolling = (): void => {}
  let closed = false

  link.onState((state) => {
    missedTests = 0
    stopPolling()
    if (state === 'gone') standing.raise('gone')
    else void greet()
  })

  /** One conversation after the other; each leaves the line free for the next. */
  const inTurn = <Result>(conversation: () => Promise<Result>): Promise<Result> => {
    linePending++
    const result = line.then(conversation)
    const release = (): void => {
      linePending--
    }
    line = result.then(release, release)
    return result
  }

  const greet = async (): Promise<void> => {
    const reply = await inTurn(() => ask('administration', READ_SERIAL_NUMBER))
    if (link.state === 'gone') return
    standing.clear('gone', 'keyMissing', 'tampered')
    const serial = reply.kind === 'answer' ? readSerialNumber(reply.data) : null
    if (serial !== null) standing.identify(`VISA-II ${serial}`)
    note(reply)
    pollLater()
  }

  const pollLater = (): void => {
    stopPolling()
    if (!closed) stopPolling = clock.after(testEveryMs, () => void poll())
  }

  const poll = async (): Promise<void> => {
    if (linePending === 0 && link.state === 'open') {
      note(
        await inTurn(() =>
          session.exchange({
            family: 'administration',
            data: Uint8Array.from(CONNECTION_TEST),
            answerWithinMs: 0,
          }),
        ),
      )
    }
    if (link.state === 'open') pollLater()
  }

  const ask = (family: 'administration', packet: Iterable<number>): Promise<Reply> =>
    session.exchange({
      family,
      data: Uint8Array.from(packet),
      answerWithinMs: ADMINISTRATION_ANSWER_MS,
    })

  /** Learns from every conversation whether the pad is alive. */
  const note = (reply: Reply): void => {
    if (reply.kind !== 'failed') {
      missedTests = 0
      standing.clear('noAnswer', 'garbled')
    } else if (reply.why === 'garbled') standing.raise('garbled')
    else if (reply.why === 'noAnswer' && ++missedTests >= MISSED_TESTS_BEFORE_NO_ANSWER) {
      standing.raise('noAnswer')
    }
  }

  const failed = (trouble: DeviceTrouble): PinOutcome => {
    if (trouble !== 'gone') standing.raise(trouble)
    return { kind: 'deviceFailed', trouble }
  }

  const enterPin = async (request: PinRequest, deadline: number): Promise<PinOutcome> => {
    const selected = await selectMasterKey(request)
    if (selected !== null) return selected
    if (cancelAsked) return { kind: 'cancelled' }
    const data = request.pan.use((account) =>
      pinEntryPacket({
        account,
        wrappedKey: request.wrappedPinKey,
        amountMinor: request.amountMinor,
      }),
    )
    const answerWithinMs = Math.max(1, deadline - clock.monotonicMs())
    const reply = await session.exchange({ family: 'transaction', data, answerWithinMs })
    note(reply)
    switch (reply.kind) {
      case 'answer':
        return judge(reply.data)
      case 'ended':
      case 'stopped':
      case 'acknowledged':
        if (reply.kind !== 'ended') await cancelEntry()
        return { kind: 'cancelled' }
      case 'late':
        await cancelEntry()
        return { kind: 'timedOut' }
      case 'failed':
        if (reply.why !== 'gone') await cancelEntry()
        return failed(reply.why)
    }
  }

  const selectMasterKey = async (request: PinRequest): Promise<PinOutcome | null> => {
    const index = request.masterKeyIndex
    const usable =
      Number.isInteger(index) &&
      index >= 0 &&
      index <= HIGHEST_MASTER_KEY_INDEX &&
      HEX_KEY.test(request.wrappedPinKey)
    if (!usable) return failed('keyMissing')
    const reply = await ask('administration', selectMasterKeyPacket(index))
    note(reply)
    if (reply.kind === 'failed') return failed(reply.why)
    if (reply.kind === 'stopped') return { kind: 'cancelled' }
    if (reply.kind !== 'answer') return failed('noAnswer')
    return masterKeySelected(reply.data) ? null : failed('keyMissing')
  }

  const judge = (data: Uint8Array): PinOutcome => {
    const answer = readPinAnswer(data)
    data.fill(0)
    switch (answer.kind) {
      case 'block':
        standing.clear('keyMissing', 'tampered')
        if (cancelAsked) {
          answer.block.fill(0)
          return { kind: 'cancelled' }
        }
        return { kind: 'entered', block: arena.put('pinBlock', answer.block) }
      case 'bypassed':
        return { kind: 'bypassed' }
      case 'refused':
        return failed(TROUBLE_OF_ERROR[answer.code] ?? 'garbled')
      case 'unreadable':
        return failed('garbled')
    }
  }

  const cancelEntry = (): Promise<Reply> =>
    session.exchange({ family: 'transaction', data: Uint8Array.from(CANCEL), answerWithinMs: 0 })

  return {
    get health() {
      return standing.health
    },
    onHealth(listener) {
      standing.onHealth(listener)
    },
    start() {
      link.start()
    },
    async requestPin(request) {
      if (entering) return { kind: 'cancelled' } // a second request while the first runs: the first keeps the pad
      entering = true
      cancelAsked = false
      const deadline = clock.monotonicMs() + request.timeoutMs
      try {
        return await inTurn(() => enterPin(request, deadline))
      } finally {
        entering = false
      }
    },
    async cancel() {
      if (!entering) return
      cancelAsked = true
      session.stop()
      await line
    },
    async show(lines) {
      if (entering || linePending >= MAX_WAITING_TEXTS || link.state === 'gone') return
      note(
        await inTurn(() =>
          session.exchange({
            family: 'transaction',
            data: displayPacket(lines),
            answerWithinMs: 0,
          }),
        ),
      )
    },
    async close() {
      closed = true
      stopPolling()
      cancelAsked = true
      session.stop()
      await link.close()
    },
  }
}
