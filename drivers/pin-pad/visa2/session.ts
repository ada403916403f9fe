/** One conversation with the pad at a time: send, be acknowledged, take the answer, say EOT. Carries the retry rules of the line. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { createInbox } from '../../transport/inbox.ts'
import {
  createFrameDecoder,
  encodeFrame,
  type FrameFamily,
  LINE_ACK,
  LINE_EOT,
  LINE_NAK,
  type LineEvent,
} from './frame.ts'

export type Packet = {
  readonly family: FrameFamily
  readonly data: Uint8Array
  /** How long to wait for the answering frame; 0 when the packet has none. */
  readonly answerWithinMs: number
}

export type Reply =
  | { readonly kind: 'acknowledged' }
  /** The receiver zeroes `data` when it held secrets. */
  | { readonly kind: 'answer'; readonly data: Uint8Array }
  /** The pad said EOT instead of answering. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'stopped' }
  /** Acknowledged, but no answer in time. */
  | { readonly kind: 'late' }
  | { readonly kind: 'failed'; readonly why: 'gone' | 'noAnswer' | 'garbled' }

export type Session = {
  /** One at a time. Never rejects. Zeroes the bytes it sent. */
  exchange(packet: Packet): Promise<Reply>
  /** Ends the wait of the running exchange with `stopped`; remembered by none. */
  stop(): void
}

/** The family resends a frame three times and then gives up with EOT. */
const MAX_RESENDS = 3
const ACK_TIMEOUT_MS = 1_500
/** How long a pad may take to close a conversation with EOT; without it the next one starts all the same. */
const CLOSING_EOT_MS = 300

type Item = LineEvent | { readonly kind: 'gone' } | { readonly kind: 'stop' }

export function createSession(link: ByteLink, clock: Clock): Session {
  const decoder = createFrameDecoder()
  const inbox = createInbox<Item>(clock, forget)
  /** A conversation went on without its closing EOT: that one may still come, in front of all that the pad says to the next frame. */
  let owesClosing = false
  link.onBytes((bytes) => {
    for (const event of decoder.push(bytes)) inbox.push(event)
  })
  link.onState((state) => {
    if (state !== 'gone') return
    owesClosing = false
    inbox.push({ kind: 'gone' })
  })

  const say = (characters: readonly number[]): Promise<boolean> =>
    link.write(Uint8Array.from(characters))

  /** Null when acknowledged; otherwise why the conversation is over. An early answer is put back. */
  const deliver = async (frame: Uint8Array): Promise<Reply | null> => {
    for (let resends = 0; resends <= MAX_RESENDS; resends++) {
      const sent = link.state === 'open' && (await link.write(frame))
      if (!sent) return { kind: 'failed', why: 'gone' }
      const verdict = await acknowledgement()
      if (verdict !== 'again') return verdict
    }
    await say(LINE_EOT)
    return { kind: 'failed', why: 'garbled' }
  }

  const acknowledgement = async (): Promise<Reply | null | 'again'> => {
    const deadline = clock.monotonicMs() + ACK_TIMEOUT_MS
    for (;;) {
      const item = await inbox.next(deadline - clock.monotonicMs())
      if (item === null) return { kind: 'failed', why: 'noAnswer' }
      if (item.kind === 'ack') return null
      if (item.kind === 'nak') return 'again'
      if (item.kind === 'frame') {
        inbox.push(item) // the acknowledgement was lost, the answer was not
        return null
      }
      if (item.kind === 'eot') {
        if (!owesClosing) return { kind: 'failed', why: 'garbled' }
        owesClosing = false
      }
      if (item.kind === 'gone') return { kind: 'failed', why: 'gone' }
      if (item.kind === 'stop') return { kind: 'stopped' }
    }
  }

  const answer = async (withinMs: number): Promise<Reply> => {
    const deadline = clock.monotonicMs() + withinMs
    let refusals = 0
    for (;;) {
      const item = await inbox.next(deadline - clock.monotonicMs())
      if (item === null) return { kind: 'late' }
      switch (item.kind) {
        case 'frame':
          await say(LINE_ACK)
          await closing()
          return { kind: 'answer', data: item.data }
        case 'garbled':
          refusals++
          await say(refusals > MAX_RESENDS ? LINE_EOT : LINE_NAK)
          if (refusals > MAX_RESENDS) return { kind: 'failed', why: 'garbled' }
          break
        case 'eot':
          return { kind: 'ended' }
        case 'gone':
          return { kind: 'failed', why: 'gone' }
        case 'stop':
          return { kind: 'stopped' }
        case 'nak':
          // What acknowledged the frame belonged to one before it: the pad has refused this one and will say nothing more.
          return { kind: 'failed', why: 'garbled' }
        case 'ack':
          break
      }
    }
  }

  const closing = async (): Promise<void> => {
    const deadline = clock.monotonicMs() + CLOSING_EOT_MS
    for (;;) {
      const item = await inbox.next(deadline - clock.monotonicMs())
      if (item === null) owesClosing = true
      if (item === null || item.kind === 'eot' || item.kind === 'gone') return
      if (item.kind === 'frame') await say(LINE_ACK) // an answer that crossed with a cancel: taken, and thrown away
      forget(item)
    }
  }

  return {
    async exchange({ family, data, answerWithinMs }) {
      inbox.clear()
      decoder.reset()
      const frame = encodeFrame(family, data)
      data.fill(0)
      const refused = await deliver(frame)
      frame.fill(0)
      if (refused !== null) return refused
      if (answerWithinMs > 0) return answer(answerWithinMs)
      await closing()
      return { kind: 'acknowledged' }
    },
    stop() {
      inbox.push({ kind: 'stop' })
    },
  }
}

function forget(item: Item): void {
  if (item.kind === 'frame') item.data.fill(0)
}
