/** Voids within the batch: of a sale, of a completion, of a pre-authorization. */
import type { Account } from '../ledger/account.ts'
import { type Entry, type EntryKind, stands } from '../ledger/entry.ts'
import { checkCard, checkPin } from './card-check.ts'
import {
  type Answer,
  amountOf,
  book,
  CODE_APPROVED,
  type Exchange,
  field,
  originalOf,
} from './exchange.ts'

type VoidRule = { readonly kind: EntryKind; readonly voids: readonly EntryKind[] }

/** 0200, 60.1 = 23: the sale that DE 61 names, by card or by code, in full. */
export function voidSale(exchange: Exchange): Answer {
  return voidOriginal(exchange, originalOf(exchange), { kind: 'void', voids: ['sale', 'codeSale'] })
}

/** 0200, 60.1 = 21: the completion that DE 61 names. The pre-authorization is open again afterwards. */
export function voidCompletion(exchange: Exchange): Answer {
  const rule: VoidRule = { kind: 'completionVoid', voids: ['completion'] }
  return voidOriginal(exchange, originalOf(exchange), rule)
}

/** 0100, 60.1 = 11: the pre-authorization with this card and authorization code. */
export function voidPreAuth(exchange: Exchange): Answer {
  const { account } = checkCard(exchange, 'ignored')
  const code = field(exchange, 38)
  const original = account === null ? null : exchange.ledger.preAuth(account.id, code)
  return voidOriginal(exchange, original, { kind: 'preAuthVoid', voids: ['preAuth'] })
}

function voidOriginal(exchange: Exchange, original: Entry | null, rule: VoidRule): Answer {
  const account = exchange.ledger.account(original?.accountId ?? null)
  const code = judgeVoid(exchange, original, account, rule)
  return book(exchange, code, { kind: rule.kind, account, original })
}

/** 25: no such original, or another card's. 64: amount differs. 22: already voided, refunded, completed, or in a settled batch. */
function judgeVoid(
  exchange: Exchange,
  original: Entry | null,
  account: Account | null,
  rule: VoidRule,
): string {
  const { ledger, terminal, request } = exchange
  if (original === null || account === null || !stands(original)) return '25'
  if (!rule.voids.includes(original.kind) || !isOwnCard(exchange, account)) return '25'
  if (original.amountMinor !== amountOf(request)) return '64'
  const settled =
    rule.kind !== 'preAuthVoid' && (original.batch !== terminal.batch || terminal.settled)
  const used = ledger.isVoided(original) || ledger.isCompleted(original)
  if (settled || used || ledger.refundedMinor(original) > 0) return '22'
  // Money goes back also to a card that was lost or has expired since; only a PIN that was given must be right.
  return account.kind === 'card' ? checkPin(exchange, account) : CODE_APPROVED
}

/** A card request must name the card of the original; a code request names none. */
export function isOwnCard(exchange: Exchange, account: Account): boolean {
  const named = checkCardNumber(exchange)
  return account.kind === 'card' ? named === account.pan : named === null
}

function checkCardNumber(exchange: Exchange): string | null {
  if (field(exchange, 2) !== '') return field(exchange, 2)
  return field(exchange, 35).split('D')[0] || null
}
