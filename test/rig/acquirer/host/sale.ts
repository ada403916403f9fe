/** Sales: by card, and by the payment code on a customer's phone. */
import type { WalletAccount } from '../ledger/account.ts'
import { responseCryptogram } from '../security/cryptogram.ts'
import { toHex } from '../wire/hex.ts'
import { writeTlv } from '../wire/tlv.ts'
import { type CardCheck, checkCard } from './card-check.ts'
import { type Answer, amountOf, book, CODE_APPROVED, type Exchange, field } from './exchange.ts'

const TAG_91_ISSUER_AUTHENTICATION = '91'
const CODE_FIELD_TAG = 'A3'

/** 0200, 000000, 60.1 = 22. DE 22 = 03x: by payment code, else by card. */
export function sale(exchange: Exchange): Answer {
  return field(exchange, 22).startsWith('03') ? codeSale(exchange) : cardSale(exchange)
}

function cardSale(exchange: Exchange): Answer {
  const check = checkCard(exchange, 'required')
  const code = check.code === CODE_APPROVED ? checkFunds(exchange, check.account) : check.code
  return withArpc(book(exchange, code, { kind: 'sale', account: check.account }), check)
}

function codeSale(exchange: Exchange): Answer {
  const code = paymentCode(field(exchange, 59))
  if (code === null) return book(exchange, '30', { kind: 'codeSale', account: null })
  const account = walletOf(exchange, code)
  if (account === null) return book(exchange, '14', { kind: 'codeSale', account })
  // A code is spent by being presented, even when the payment is then refused.
  const fresh = exchange.ledger.useCode(code)
  const verdict = fresh ? checkFunds(exchange, account) : '12'
  return book(exchange, verdict, { kind: 'codeSale', account })
}

/** The wallet behind the code of this request; null when there is none. */
export function walletOfCode(exchange: Exchange): WalletAccount | null {
  const code = paymentCode(field(exchange, 59))
  return code === null ? null : walletOf(exchange, code)
}

/** False when the code of this request was presented before; marks it used. */
export function spendCode(exchange: Exchange): boolean {
  const code = paymentCode(field(exchange, 59))
  return code !== null && exchange.ledger.useCode(code)
}

/** Amount limit, then money. */
export function checkFunds(exchange: Exchange, account: { readonly id: string } | null): string {
  const amount = amountOf(exchange.request)
  if (amount === null || account === null) return '30'
  if (amount === 0) return '13'
  if (amount > exchange.rules.amountLimitMinor) return '61'
  return amount > exchange.ledger.availableMinor(account.id) ? '51' : CODE_APPROVED
}

/** Adds field 55 with tag 91 when the request carried a good cryptogram. */
export function withArpc(answer: Answer, check: CardCheck): Answer {
  if (check.cryptogram === null || answer.code === null) return answer
  const { arqc, sessionKey } = check.cryptogram
  const arpc = responseCryptogram(sessionKey, arqc, answer.code)
  const value = `${toHex(arpc)}${Buffer.from(answer.code, 'ascii').toString('hex')}`
  const fields = new Map(answer.fields).set(55, writeTlv(TAG_91_ISSUER_AUTHENTICATION, value))
  return { ...answer, fields }
}

/** DE 59: `A3`, three digits of length, the code. */
function paymentCode(value: string): string | null {
  const length = Number(value.slice(2, 5))
  const code = value.slice(5, 5 + length)
  const shaped = value.startsWith(CODE_FIELD_TAG) && /^\d+$/.test(code) && code.length === length
  return shaped ? code : null
}

function walletOf(exchange: Exchange, code: string): WalletAccount | null {
  for (const account of exchange.ledger.accounts) {
    if (account.kind !== 'wallet') continue
    if (code.startsWith(account.prefix) && code.length === account.codeLength) return account
  }
  return null
}
