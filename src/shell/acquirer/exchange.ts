/**
 * One question, one answer, over TCP. The answer to "did it leave" is kept apart from "was it answered": only a request of which not a byte
 * left may be called not sent.
 */
import { connect } from 'node:net'
import type { Clock } from '#core/ports/clock.ts'
import { createFrameDecoder, encodeFrame, type Frame, type FrameOptions } from '#iso8583/frame.ts'

export type ExchangeOutcome =
  | { readonly kind: 'answered'; readonly message: Uint8Array; readonly header: Uint8Array }
  /** No connection: not a byte left. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** Something left, or may have, and nothing usable came back in time. */
  | { readonly kind: 'silent'; readonly detail: string }

export type HostAddress = {
  readonly host: string
  readonly port: number
  readonly connectTimeoutMs: number
  readonly replyTimeoutMs: number
}

/** Frames that are not ours (late or foreign) are passed over, up to this many in one exchange. */
const FOREIGN_FRAMES_LIMIT = 32

export type Exchange = {
  /** `isOurs` tells our answer from late or foreign ones. Never rejects. */
  send(frame: Frame, isOurs: (message: Uint8Array) => boolean): Promise<ExchangeOutcome>
}

export function createExchange(options: {
  readonly address: HostAddress
  readonly framing: FrameOptions
  readonly clock: Clock
}): Exchange {
  return {
    send: (frame, isOurs) => {
      const bytes = encodeFrame(options.framing, frame)
      if (bytes === null)
        return Promise.resolve({
          kind: 'unreachable',
          detail: 'the request does not fit its frame',
        })
      return once(options, bytes, isOurs)
    },
  }
}

function once(
  { address, framing, clock }: Parameters<typeof createExchange>[0],
  bytes: Uint8Array,
  isOurs: (message: Uint8Array) => boolean,
): Promise<ExchangeOutcome> {
  const { promise, resolve } = Promise.withResolvers<ExchangeOutcome>()
  const decoder = createFrameDecoder(framing)
  const socket = connect({ host: address.host, port: address.port, noDelay: true })
  let left = false
  let foreign = 0
  let stopTimer = clock.after(address.connectTimeoutMs, () =>
    end({ kind: 'unreachable', detail: 'connect timed out' }),
  )

  const end = (outcome: ExchangeOutcome): void => {
    stopTimer()
    bytes.fill(0)
    socket.removeAllListeners()
    // A late error of a socket we have left must not end the process.
    socket.on('error', () => undefined)
    socket.destroy()
    resolve(outcome)
  }
  const lost = (detail: string): void =>
    end(left ? { kind: 'silent', detail } : { kind: 'unreachable', detail })

  socket.on('connect', () => {
    stopTimer()
    stopTimer = clock.after(address.replyTimeoutMs, () =>
      end({ kind: 'silent', detail: 'no answer in time' }),
    )
    left = true
    socket.write(bytes)
  })
  socket.on('data', (chunk) => {
    const { frames, error } = decoder.push(chunk)
    const answer = frames.find((frame) => isOurs(frame.message))
    foreign += frames.length
    if (answer !== undefined)
      end({ kind: 'answered', message: answer.message, header: answer.header })
    else if (error !== null) lost(`unreadable frame (${error.code})`)
    else if (foreign > FOREIGN_FRAMES_LIMIT) lost('too many foreign frames')
  })
  socket.on('error', (error) => lost(error.message))
  socket.on('close', () => lost('the host closed the connection'))
  return promise
}
