/** Pre-authorization and what follows it: the hotel's way to pay. */
import { stands } from '../ledger/entry.ts'
import { checkCard } from './card-check.ts'
import { type Answer, amountOf, book, CODE_APPROVED, type Exchange, field } from './exchange.ts'
import { checkFunds, withArpc } from './sale.ts'

/** A completion may be this much of the authorized amount, in percent (practice of Chinese acquirers). */
const COMPLETION_LIMIT_PERCENT = 115

/** 0100, 60.1 = 10: blocks the amount on the account; nothing is owed to the shop yet. */
export function preAuthorize(exchange: Exchange): Answer {
  const check = checkCard(exchange, 'required')
  const code = check.code === CODE_APPROVED ? checkFunds(exchange, check.account) : check.code
  return withArpc(book(exchange, code, { kind: 'preAuth', account: check.account }), check)
}

/** 0200 60.1 = 20 or 0220 60.1 = 24: takes the money of the pre-authorization with this card and authorization code, once. */
export function complete(exchange: Exchange): Answer {
  const { ledger, request } = exchange
  const { code, account } = checkCard(exchange, 'ignored')
  const original = account === null ? null : ledger.preAuth(account.id, field(exchange, 38))
  const booked = (verdict: string) =>
    book(exchange, verdict, { kind: 'completion', account, original })
  if (code !== CODE_APPROVED) return booked(code)
  const amount = amountOf(request)
  if (original === null || !stands(original)) return booked('25')
  if (amount === null || amount === 0) return booked('13')
  if (ledger.isVoided(original) || ledger.isCompleted(original)) return booked('22')
  const limit = original.amountMinor * COMPLETION_LIMIT_PERCENT
  return booked(amount * 100 > limit ? '61' : CODE_APPROVED)
}
