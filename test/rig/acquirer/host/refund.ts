/** 0220 refunds: any day, in part or several times, never more than the original. */
import type { Account } from '../ledger/account.ts'
import { type Entry, stands } from '../ledger/entry.ts'
import {
  type Answer,
  amountOf,
  book,
  CODE_APPROVED,
  type Exchange,
  field,
  originalOf,
} from './exchange.ts'
import { isOwnCard } from './void.ts'

const NO_RRN = /^0*$/

/** 60.1 = 25. The original is found by RRN (DE 37), else by batch and STAN (DE 61); without one nothing is paid out. */
export function refund(exchange: Exchange): Answer {
  const original = findOriginal(exchange)
  const account = exchange.ledger.account(original?.accountId ?? null)
  const code = judgeRefund(exchange, original, account)
  return book(exchange, code, { kind: 'refund', account, original })
}

function findOriginal(exchange: Exchange): Entry | null {
  const rrn = field(exchange, 37)
  return NO_RRN.test(rrn) ? originalOf(exchange) : exchange.ledger.byRrn(rrn)
}

/** 25: no such original at this shop, or another card's. 22: voided. 64: more than is left of it. */
function judgeRefund(exchange: Exchange, original: Entry | null, account: Account | null): string {
  const { ledger, terminal, request } = exchange
  const amount = amountOf(request)
  if (amount === null) return '30'
  if (amount === 0) return '13'
  if (original === null || account === null || original.mid !== terminal.mid) return '25'
  const refundable = ['sale', 'codeSale', 'completion', 'offlineSale'].includes(original.kind)
  if (!stands(original) || !refundable || !isOwnCard(exchange, account)) return '25'
  if (ledger.isVoided(original)) return '22'
  return ledger.refundedMinor(original) + amount > original.amountMinor ? '64' : CODE_APPROVED
}
