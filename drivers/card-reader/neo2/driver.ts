/**
 * The card reader of the counter: an ID TECH NEO2 unit with its own EMV kernels. PAN and track go straight into the arena;
 * the core gets facts, the objects for DE 55 and the card's wish for verification.
 */
import type {
  CardCompletion,
  CardOutcome,
  CardReaderPort,
  CardRequest,
  OnlineAnswer,
} from '#core/ports/card-reader.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { createStanding } from '../../transport/standing.ts'
import { aidSendings } from './aids.ts'
import { caKeySendings } from './ca-keys.ts'
import { createChipFallback } from './chip-fallback.ts'
import { createConversation } from './conversation.ts'
import { type Judgement, judgeCompletion, judgePresentation } from './judgement.ts'
import { createKeptTable } from './kept-table.ts'
import { createLiveness, PING_INTERVAL_MS } from './liveness.ts'
import {
  ACTIVATE,
  APPLY_HOST_RESPONSE,
  activationData,
  CANCEL,
  hostResponseData,
  waitSeconds,
} from './protocol.ts'

export type Neo2ReaderOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  readonly arena: SecretArena
  readonly pingEveryMs?: number
}

/** The reader stops its time when a card is presented; a slow chip may then take this long before silence is a failure. */
const READER_TIMEOUT_MARGIN_MS = 10_000
/** Second GENERATE AC and scripts: a slow card with scripts stays below. */
const COMPLETION_TIMEOUT_MS = 15_000
const CANCEL_ANSWER_MS = 1_000

const NOTHING = new Uint8Array()

type Reading = { stopped: boolean }

/** The link must be fresh and unstarted: `start` and `close` of the reader start and close it. */
export function createNeo2Reader(options: Neo2ReaderOptions): CardReaderPort {
  const { link, clock, arena, pingEveryMs = PING_INTERVAL_MS } = options
  const standing = createStanding('cardReader')
  const fallback = createChipFallback(clock)
  const removedListeners: (() => void)[] = []
  /** The newest read; an older one may still be on its way out, cancelled. */
  let reading: Reading | null = null
  let chipWaits = false

  const conversation = createConversation({
    link,
    clock,
    onSlot(occupied) {
      if (occupied) return
      chipWaits = false
      for (const listener of removedListeners) listener()
    },
  })
  const liveness = createLiveness({ link, clock, conversation, standing, pingEveryMs })
  const caKeys = createKeptTable({ link, liveness, conversation, sendingsOf: caKeySendings })
  const aids = createKeptTable({ link, liveness, conversation, sendingsOf: aidSendings })
  link.onState((state) => {
    if (state === 'gone') chipWaits = false
  })

  const failed = (trouble: DeviceTrouble): { kind: 'deviceFailed'; trouble: DeviceTrouble } => {
    if (trouble !== 'gone') standing.raise(trouble)
    return { kind: 'deviceFailed', trouble }
  }

  const present = async (request: CardRequest, self: Reading): Promise<CardOutcome> => {
    if (self.stopped) return { kind: 'cancelled' }
    chipWaits = false
    const trouble = await liveness.test()
    if (self.stopped) return { kind: 'cancelled' }
    if (trouble !== null) return failed(trouble)
    const reply = await conversation.ask(ACTIVATE, activationData(request), {
      withinMs: waitSeconds(request.timeoutMs) * 1000 + READER_TIMEOUT_MARGIN_MS,
    })
    switch (reply.kind) {
      case 'answer': {
        const judgement = self.stopped
          ? null
          : judgePresentation(reply, { arena, stripeOfChipCard: fallback.open })
        reply.data.fill(0)
        return judgement === null ? { kind: 'cancelled' } : conclude(judgement)
      }
      case 'stopped':
      case 'slotEmptied':
        await darken()
        return { kind: 'cancelled' }
      case 'failed':
        if (reply.why !== 'gone') await darken()
        return failed(reply.why)
    }
  }

  const conclude = (judgement: Judgement): CardOutcome => {
    if (judgement.kind === 'garbled') return failed('garbled')
    if (judgement.kind === 'unreadable' && judgement.interface === 'chip') fallback.chipUnreadable()
    if (judgement.kind === 'card') {
      fallback.cardRead()
      chipWaits = judgement.card.interface === 'chip'
    }
    return judgement
  }

  const darken = (): Promise<unknown> =>
    conversation.ask(CANCEL, NOTHING, { withinMs: CANCEL_ANSWER_MS })

  const finish = async (answer: OnlineAnswer): Promise<CardCompletion> => {
    if (link.state === 'gone') return failed('gone')
    if (!chipWaits) return { kind: 'cardRemoved' }
    const reply = await conversation.ask(APPLY_HOST_RESPONSE, hostResponseData(answer), {
      withinMs: COMPLETION_TIMEOUT_MS,
      untilSlotEmpty: true,
    })
    chipWaits = false
    if (reply.kind === 'slotEmptied' || reply.kind === 'stopped') return { kind: 'cardRemoved' }
    if (reply.kind === 'failed') return failed(reply.why)
    const completion = judgeCompletion(reply)
    reply.data.fill(0)
    return completion ?? failed('garbled')
  }

  return {
    get health() {
      return standing.health
    },
    onHealth(listener) {
      standing.onHealth(listener)
    },
    onRemoved(listener) {
      removedListeners.push(listener)
    },
    start() {
      link.start()
    },
    async read(request) {
      if (reading?.stopped === false) return { kind: 'cancelled' } // a second call: the first keeps the reader
      const self: Reading = { stopped: false }
      reading = self
      try {
        return await liveness.alone(() => present(request, self))
      } finally {
        if (reading === self) reading = null
      }
    },
    async cancel() {
      if (reading === null) return
      reading.stopped = true
      conversation.stop()
      await liveness.idle()
    },
    complete(answer) {
      return liveness.alone(() => finish(answer))
    },
    holdCaKeys: caKeys.hold,
    holdAids: aids.hold,
    async close() {
      if (reading !== null) reading.stopped = true
      conversation.stop()
      liveness.stop()
      await link.close()
    },
  }
}
