/**
 * Whether a record may be voided, refunded or completed now, and if not, why, in words for the cashier: a payment is voided while its batch
 * is open and refunded afterwards.
 */
import { isSameDay } from '../calendar.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits, minor } from '../money.ts'
import { sixDigits } from '../terminal/counters.ts'
import type { TerminalState } from '../terminal/state.ts'
import { isVoid, type TransactionKind } from '../transaction/kinds.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import { isSameOriginal } from './elsewhere-id.ts'
import { newest } from './mark-original.ts'

/** A completion may be this much of the hold, in percent (practice of Chinese acquirers; ask). */
const COMPLETION_LIMIT_PERCENT = 115

/** Null when it may be done. */
export function objection(
  state: TerminalState,
  kind: TransactionKind,
  chosen: TransactionRecord,
): Message | null {
  const original = newest(state, chosen)
  if (isInDoubt(state, original)) return message('refund.openAlready')
  if (original.outcome !== 'approved') return message('original.notPaid')
  if (isVoid(kind)) return objectionToVoid(state, kind, original)
  if (kind === 'completion')
    return original.kind === 'preAuth' ? used(original) : message('original.notAHold')
  if (original.kind !== 'sale' && original.kind !== 'completion')
    return message('original.notASale')
  return remainingMinor(original) === 0 ? message('refund.nothingLeft') : null
}

/** A refund of it has no answer yet: nobody knows what the shop has of it. */
export function isInDoubt({ advice }: TerminalState, { id }: TransactionRecord): boolean {
  const about = advice?.attempt.order.original?.id
  return about !== undefined && isSameOriginal(about, id)
}

function objectionToVoid(
  state: TerminalState,
  kind: TransactionKind,
  original: TransactionRecord,
): Message | null {
  // A hold may be released on any day; money that moved only within its batch.
  if (kind !== 'preAuthVoid' && original.batch !== sixDigits(state.counters.batch))
    return message('void.settled')
  // Wallets take a payment back on its own day only (Alipay: Beijing day; WeChat Pay: longer); later it is a refund.
  if (original.channel !== 'card' && !isSameDay(original.at, state.at))
    return message('void.codeOtherDay')
  if (original.refundedMinor > 0) return message('void.refunded')
  return used(original)
}

/** What was voided, or a hold that was completed, cannot be mended any more; null while it stands. */
export function used(original: TransactionRecord): Message | null {
  if (original.closedBy === '') return null
  return message(original.kind === 'preAuth' ? 'original.holdUsed' : 'void.already')
}

/** The most that may be asked for of this original. */
export function ceilingMinor(
  state: TerminalState,
  kind: TransactionKind,
  chosen: TransactionRecord,
): MinorUnits {
  const original = newest(state, chosen)
  return kind === 'completion'
    ? minor(Math.floor((original.paidMinor * COMPLETION_LIMIT_PERCENT) / 100))
    : remainingMinor(original)
}

export function tooMuch(kind: TransactionKind, ceiling: MinorUnits): Message {
  const params = { max: formatMinor(ceiling) }
  return message(kind === 'completion' ? 'completion.tooMuch' : 'refund.tooMuch', params)
}
