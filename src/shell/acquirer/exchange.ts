/**
 * One question, one answer. The answer to "did it leave" is kept apart from "was it answered": only a request of which not a byte left may
 * be called not sent, and only before that is the next host tried.
 */
import type { Clock } from '#core/ports/clock.ts'
import { encodeFrame, type Frame } from '#iso8583/frame.ts'
import { type Asked, type BusyLine, busyLine, type ExchangeOutcome } from './busy-line.ts'
import { type BackOff, createHostOrder } from './host-order.ts'
import { dial } from './line.ts'
import type { HostAddress, LineSettings } from './open-line.ts'

export type ExchangeSettings = LineSettings & {
  /** Primary first, then its backups. */
  readonly hosts: readonly HostAddress[]
  readonly backOff: BackOff
  /** `short`: one connection for each question. `long`: kept open and used for all. */
  readonly connection: 'short' | 'long'
  readonly replyTimeoutMs: number
}

type Question = Asked & {
  readonly frame: Frame
  /** Asked while nobody waits: a good moment to go back to a better host. */
  readonly isIdle?: boolean
}

export type Exchange = {
  /** Never rejects. */
  readonly send: (question: Question) => Promise<ExchangeOutcome>
  /** Not a byte leaves after it, not even on a line that is still being dialled. Safe to call twice. */
  readonly close: () => void
}

/** A kept line that left this many questions in a row without an answer is dead, whatever TCP says. */
const SILENCES_LIMIT = 2

export function createExchange(parts: {
  readonly settings: ExchangeSettings
  readonly clock: Clock
  /** A whole frame that answers nothing that was asked: late, twice, or foreign. */
  readonly onStray: (message: Uint8Array) => void
}): Exchange {
  const { settings, clock } = parts
  const order = createHostOrder(settings.hosts, settings.backOff, clock)
  let kept: BusyLine | null = null
  let isClosed = false
  const inUse = new Set<BusyLine>()

  const reach = async (): Promise<BusyLine | string> => {
    let detail = 'no host is configured'
    for (const address of order.toTry()) {
      const dialled = await dial(address, settings, clock)
      if (dialled.ok) {
        order.worked(address)
        return busyLine(dialled.line, clock, parts.onStray)
      }
      order.failed(address)
      detail = dialled.detail
    }
    return detail
  }

  const keptLine = (isIdle: boolean): BusyLine | null => {
    if (kept === null || !kept.line.isOpen()) return null
    if (!isIdle || kept.waiting() > 0 || !order.isBetterThere(kept.line.address)) return kept
    kept.line.close()
    return null
  }

  return {
    send: async ({ frame, isOurs, replyTimeoutMs, isIdle = false }) => {
      const bytes = encodeFrame(settings.framing, frame)
      if (bytes === null)
        return { kind: 'unreachable', detail: 'the request does not fit its frame' }
      const line = keptLine(isIdle) ?? (await reach())
      if (typeof line === 'string') {
        bytes.fill(0)
        return { kind: 'unreachable', detail: line }
      }
      if (isClosed) {
        bytes.fill(0)
        line.line.close()
        return { kind: 'unreachable', detail: 'the link was let go' }
      }
      if (settings.connection === 'long') kept = line
      inUse.add(line)
      const outcome = await line.ask({ bytes, isOurs, replyTimeoutMs })
      const isDead = line.silences() >= SILENCES_LIMIT
      if (settings.connection === 'short' || isDead || kept !== line) line.line.close()
      if (line.waiting() === 0) inUse.delete(line)
      return outcome
    },
    close: () => {
      isClosed = true
      kept?.line.close()
      for (const { line } of inUse) line.close()
    },
  }
}
