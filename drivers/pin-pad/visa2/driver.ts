/**
 * The PIN pad of the counter: a VISA-II unit with its own master keys. PIN digits stay inside it; what comes out is an
 * enciphered block that goes straight into the arena.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { PinKey, PinOutcome, PinPadPort, PinRequest } from '#core/ports/pin-pad.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { createStanding } from '../../transport/standing.ts'
import {
  ADMINISTRATION_ANSWER_MS,
  administration,
  createLine,
  LIVENESS_INTERVAL_MS,
} from './line.ts'
import {
  CANCEL,
  displayPacket,
  isUsableKey,
  masterKeySelected,
  type PinAnswerForm,
  pinEntryPacket,
  readPinAnswer,
  selectMasterKeyPacket,
} from './protocol.ts'
import { createSession, type Reply } from './session.ts'

export type Visa2PinPadOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  readonly arena: SecretArena
  readonly testEveryMs?: number
}

/** Conversations that may wait for the line; texts beyond this are dropped. */
const MAX_WAITING_TEXTS = 2

/** Packet 71 error characters: A no key, F key exhausted; B flash fault, taken for a lost key memory. */
const TROUBLE_OF_ERROR: Readonly<Record<string, DeviceTrouble>> = {
  A: 'keyMissing',
  F: 'keyMissing',
  B: 'tampered',
}

type SessionKey = Extract<PinKey, { kind: 'session' }>

const BLOCK_BYTES = { tdes: 8, sm4: 16 } as const

function answerForm(key: PinKey): PinAnswerForm {
  return key.kind === 'dukpt' ? key : { kind: 'session', blockBytes: BLOCK_BYTES[key.cipher] }
}

type Entry = { stopped: boolean; readonly deadline: number }

/** The link must be fresh and unstarted: `start` and `close` of the pad start and close it. */
export function createVisa2PinPad(options: Visa2PinPadOptions): PinPadPort {
  const { link, clock, arena, testEveryMs = LIVENESS_INTERVAL_MS } = options
  const session = createSession(link, clock)
  const standing = createStanding('pinPad')
  const line = createLine({ link, clock, session, standing, testEveryMs })
  /** The newest entry; an older one may still be on its way out, cancelled. */
  let entering: Entry | null = null

  const failed = (trouble: DeviceTrouble): PinOutcome => {
    if (trouble !== 'gone') standing.raise(trouble)
    return { kind: 'deviceFailed', trouble }
  }

  const enterPin = async (request: PinRequest, self: Entry): Promise<PinOutcome> => {
    if (self.stopped) return { kind: 'cancelled' }
    const { amountMinor, key } = request
    const refused = key.kind === 'session' ? await selectMasterKey(key) : null
    if (self.stopped) return { kind: 'cancelled' }
    if (refused !== null) return refused
    const data = request.pan.use((account) =>
      pinEntryPacket({
        account,
        amountMinor,
        wrappedPinKey: key.kind === 'session' ? key.wrapped : null,
      }),
    )
    const answerWithinMs = Math.max(1, self.deadline - clock.monotonicMs())
    const reply = await line.converse({ family: 'transaction', data, answerWithinMs })
    switch (reply.kind) {
      case 'answer':
        return judge(reply.data, self, key)
      case 'ended': // the customer's cancel key, or a stray byte: then the pad would go on asking
        await cancelEntry()
        return { kind: 'cancelled' }
      case 'stopped':
      case 'acknowledged':
        await cancelEntry()
        return { kind: 'cancelled' }
      case 'late':
        await cancelEntry()
        return { kind: 'timedOut' }
      case 'failed':
        if (reply.why !== 'gone') await cancelEntry()
        return failed(reply.why)
    }
  }

  /** Null when the pad has selected the slot. */
  const selectMasterKey = async (key: SessionKey): Promise<PinOutcome | null> => {
    const packet = selectMasterKeyPacket(key.masterKeyIndex)
    if (packet === null || !isUsableKey(key.wrapped)) return failed('keyMissing')
    const reply = await line.converse(administration(packet, ADMINISTRATION_ANSWER_MS))
    if (reply.kind === 'failed') return failed(reply.why)
    if (reply.kind !== 'answer') return failed('noAnswer')
    return masterKeySelected(reply.data) ? null : failed('keyMissing')
  }

  const judge = (data: Uint8Array, self: Entry, key: PinKey): PinOutcome => {
    const answer = readPinAnswer(data, answerForm(key))
    data.fill(0)
    switch (answer.kind) {
      case 'block':
        standing.clear('keyMissing', 'tampered')
        if (!self.stopped)
          return {
            kind: 'entered',
            block: arena.put('pinBlock', answer.block),
            ksn: answer.ksn,
          }
        answer.block.fill(0)
        return { kind: 'cancelled' }
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
      if (entering?.stopped === false) return { kind: 'cancelled' } // a second call: the first keeps the pad
      const self: Entry = { stopped: false, deadline: clock.monotonicMs() + request.timeoutMs }
      entering = self
      try {
        return await line.inTurn(() => enterPin(request, self))
      } finally {
        if (entering === self) entering = null
      }
    },
    async cancel() {
      if (entering === null) return
      entering.stopped = true
      session.stop()
      await line.idle()
    },
    async show(lines) {
      if (entering !== null || line.uses >= MAX_WAITING_TEXTS || link.state === 'gone') return
      const data = displayPacket(lines)
      await line.inTurn(() => line.converse({ family: 'transaction', data, answerWithinMs: 0 }))
    },
    async close() {
      if (entering !== null) entering.stopped = true
      session.stop()
      line.stop()
      await link.close()
    },
  }
}
