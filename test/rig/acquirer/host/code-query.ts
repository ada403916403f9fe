/** Payments by code that the customer has not confirmed yet, and the question what became of one. */
import type { Entry } from '../ledger/entry.ts'
import { stands } from '../ledger/entry.ts'
import {
  type Answer,
  book,
  CODE_APPROVED,
  type Exchange,
  field,
  field60,
  originalOf,
} from './exchange.ts'
import { checkFunds, spendCode, walletOfCode } from './sale.ts'

/** The customer is entering a password on the phone. */
const CODE_STILL_PAYING = '09'
const CODE_NOT_STANDING = '22'
const CODE_UNKNOWN = '25'

/** Payments that wait for a password; more are refused with 96. */
const MAX_PENDING = 1000

export type PendingPayments = Map<string, Exchange>

/** A payment that waits for its customer, keyed by terminal, batch and STAN. */
function keyOf(tid: string, batch: string, stan: string): string {
  return `${tid}/${batch}/${stan}`
}

/** A code sale whose wallet asks for a password: nothing is booked yet. */
export function suspend(exchange: Exchange, pending: PendingPayments): Answer {
  if (pending.size >= MAX_PENDING) return { code: '96' }
  if (walletOfCode(exchange) === null) return { code: '14' }
  if (!spendCode(exchange)) return { code: '12' }
  const { batch } = field60(exchange.request)
  pending.set(keyOf(exchange.terminal.tid, batch, field(exchange, 11)), exchange)
  return { code: CODE_STILL_PAYING }
}

/**
 * 0200, 330000, 60.1 = 03: what became of the payment that DE 61 names. 00 it stands, with its own 37 and 38; 09 the customer is still at it;
 * 22 taken back; 25 never heard of; else as it was refused. `isStillPaying` false: the customer confirms now, at last.
 */
export function answerQuery(
  exchange: Exchange,
  pending: PendingPayments,
  isStillPaying: boolean,
): Answer {
  const value = field(exchange, 61)
  const key = keyOf(exchange.terminal.tid, value.slice(0, 6), value.slice(6, 12))
  const waiting = pending.get(key)
  if (waiting !== undefined) {
    if (isStillPaying) return { code: CODE_STILL_PAYING }
    confirm(waiting)
    pending.delete(key)
  }
  const entry = originalOf(exchange)
  if (entry === null) return { code: CODE_UNKNOWN }
  return wordOf(exchange, entry)
}

function wordOf({ ledger }: Exchange, entry: Entry): Answer {
  if (entry.outcome === 'declined') return { code: entry.responseCode }
  const isPaidBack = ledger.isVoided(entry) || ledger.refundedMinor(entry) === entry.amountMinor
  if (!stands(entry) || isPaidBack) return { code: CODE_NOT_STANDING }
  return {
    code: CODE_APPROVED,
    fields: new Map([
      [37, entry.rrn],
      [38, entry.authCode],
    ]),
  }
}

/** A cancel of a payment that still waits: closed, unless the customer was quicker and it is booked first. */
export function closePending(
  exchange: Exchange,
  pending: PendingPayments,
  isPaidFirst: boolean,
): void {
  const { batch } = field60(exchange.request)
  const key = keyOf(exchange.terminal.tid, batch, field(exchange, 11))
  const waiting = pending.get(key)
  pending.delete(key)
  if (waiting !== undefined && isPaidFirst) confirm(waiting)
}

/** The customer has entered the password: the payment is booked as it was asked for. */
function confirm(waiting: Exchange): void {
  const account = walletOfCode(waiting)
  book(waiting, checkFunds(waiting, account), { kind: 'codeSale', account })
}
