/** 0400: undoes an original whose outcome the terminal does not know. */
import { type Answer, amountOf, CODE_APPROVED, type Exchange, field, field60 } from './exchange.ts'

/** STANs of reversals without an original that are remembered. */
const MAX_REFUSED_STANS = 10_000

/** Originals that may still be on their way although their reversal was already answered. */
export type RefusedStans = {
  add(key: string): void
  has(key: string): boolean
}

/** A bounded set; the oldest goes when it is full. */
export function createRefusedStans(): RefusedStans {
  const keys = new Set<string>()
  return {
    add(key) {
      const [oldest] = keys
      if (keys.size >= MAX_REFUSED_STANS && oldest !== undefined) keys.delete(oldest)
      keys.add(key)
    },
    has: (key) => keys.has(key),
  }
}

/** Key of the message itself: terminal, batch, STAN. */
export function stanKey(exchange: Exchange): string {
  return `${exchange.terminal.tid}/${field60(exchange.request).batch}/${field(exchange, 11)}`
}

/**
 * 00: the original does not stand (any more): reversed now, reversed before, or declined.
 * 25: no such original; should it arrive late, it is refused. 64: amount differs. 12: it was voided or
 * refunded or completed meanwhile, so that its money is no longer there to give back.
 */
export function reverse(exchange: Exchange, refused: RefusedStans): Answer {
  const { ledger, request, terminal, now } = exchange
  const { batch } = field60(request)
  const original = ledger.byKey({ tid: terminal.tid, batch, stan: field(exchange, 11) })
  if (original === null) {
    refused.add(stanKey(exchange))
    return { code: '25' }
  }
  if (original.processingCode !== field(exchange, 3)) return { code: '25' }
  if (original.amountMinor !== (amountOf(request) ?? 0)) return { code: '64' }
  if (original.outcome === 'declined' || original.reversedBy !== null)
    return { code: CODE_APPROVED }
  const spent =
    ledger.isVoided(original) || ledger.isCompleted(original) || ledger.refundedMinor(original) > 0
  if (spent) return { code: '12' }
  ledger.reverse(original, now.ms, field(exchange, 39))
  return { code: CODE_APPROVED }
}
