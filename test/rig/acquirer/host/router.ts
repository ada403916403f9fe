/** Which rule answers which message, and what must hold before any rule is asked. */
import type { Entry, EntryKind } from '../ledger/entry.ts'
import { answerQuery, closePending, type PendingPayments, suspend } from './code-query.ts'
import { type Answer, book, CODE_APPROVED, type Exchange, field, field60 } from './exchange.ts'
import { type KeyIssuer, manage } from './management.ts'
import { balance, offlineSale, scriptResult } from './notices.ts'
import { complete, preAuthorize } from './pre-auth.ts'
import { refund } from './refund.ts'
import { type RefusedStans, reverse, stanKey } from './reversal.ts'
import { sale } from './sale.ts'
import { settle, upload } from './settlement.ts'
import { SIGNATURE_TYPE, type SignatureBook, takeSignature } from './signatures.ts'
import { acceptBatch } from './terminals.ts'
import { voidCompletion, voidPreAuth, voidSale } from './void.ts'

const NOT_SUPPORTED = '40'
const CODE_QUERY = '330000'

export type RouterParts = {
  readonly issuer: KeyIssuer
  readonly refused: RefusedStans
  /** True when field 64 is there and right. */
  readonly macIsGood: boolean
  /** A decline that was ordered; null = judge. */
  readonly orderedCode: string | null
  readonly repeatedAdvice: RepeatedAdvice
  readonly pending: PendingPayments
  readonly signatures: SignatureBook
  /** What the customer with the phone does, where a fault says so. */
  readonly phone: 'asksPassword' | 'stillPaying' | 'paidBeforeCancel' | null
}

/** An advice that came before, word for word: `sameAnswer` once more, or `refused` with 94. Hosts differ. */
export type RepeatedAdvice = 'sameAnswer' | 'refused'

type FinancialRule = { readonly kind: EntryKind; readonly answer: (exchange: Exchange) => Answer }

/** MTI / transaction type 60.1 / first two digits of the processing code → rule. */
const RULES: ReadonlyMap<string, FinancialRule> = new Map([
  ['0200/22/00', { kind: 'sale', answer: sale }],
  ['0200/23/20', { kind: 'void', answer: voidSale }],
  ['0220/25/20', { kind: 'refund', answer: refund }],
  ['0100/10/03', { kind: 'preAuth', answer: preAuthorize }],
  ['0100/11/20', { kind: 'preAuthVoid', answer: voidPreAuth }],
  ['0200/20/00', { kind: 'completion', answer: complete }],
  ['0220/24/00', { kind: 'completion', answer: complete }],
  ['0200/21/20', { kind: 'completionVoid', answer: voidCompletion }],
  ['0220/30/00', { kind: 'offlineSale', answer: offlineSale }],
])
/** Normal, and the pre-authorization family; instalments, points and e-cash are not offered. */
const SERVICE_CONDITIONS = ['00', '06']

/** Answers any request of a known terminal. */
export function route(exchange: Exchange, parts: RouterParts): Answer {
  const { mti } = exchange.request
  const ordered = parts.orderedCode
  if (ordered !== null && !isFinancial(mti)) return { code: ordered }
  if (mti === '0820' && field60(exchange.request).type === SIGNATURE_TYPE)
    return takeSignature(exchange, parts.signatures, parts.macIsGood)
  if (mti === '0800' || mti === '0820') return manage(exchange, parts.issuer)
  if (mti === '0500') return exchange.terminal.keys === null ? { code: 'A0' } : settle(exchange)
  if (mti === '0320') return exchange.terminal.keys === null ? { code: 'A0' } : upload(exchange)
  // Without keys nothing can be checked: A0 makes a terminal sign on again.
  if (exchange.terminal.keys === null || !parts.macIsGood) return { code: 'A0' }
  if (mti === '0400') {
    closePending(exchange, parts.pending, parts.phone === 'paidBeforeCancel')
    return reverse(exchange, parts.refused)
  }
  if (mti === '0620') return scriptResult(exchange)
  if (mti === '0200' && field(exchange, 3).startsWith('31'))
    return ordered === null ? balance(exchange) : { code: ordered }
  if (mti === '0200' && field(exchange, 3) === CODE_QUERY)
    return ordered === null
      ? answerQuery(exchange, parts.pending, parts.phone === 'stillPaying')
      : { code: ordered }
  return judgeFinancial(exchange, parts)
}

/** An advice sent again, word for word: it is answered as it was, and booked once. */
function isRepeatOf(exchange: Exchange, known: Entry): boolean {
  const { mti, fields } = exchange.request
  return (
    mti === '0220' &&
    known.processingCode === field(exchange, 3) &&
    known.amountMinor === Number(fields.get(4) ?? '0')
  )
}

function sameAnswer(known: Entry): Answer {
  const fields = new Map([[37, known.rrn]])
  if (known.responseCode === CODE_APPROVED) fields.set(38, known.authCode)
  return { code: known.responseCode, fields }
}

function isFinancial(mti: string): boolean {
  return mti === '0100' || mti === '0200' || mti === '0220'
}

function judgeFinancial(exchange: Exchange, parts: RouterParts): Answer {
  const { request, ledger, terminal } = exchange
  const { type, batch } = field60(request)
  const rule = RULES.get(`${request.mti}/${type}/${field(exchange, 3).slice(0, 2)}`)
  const offered = SERVICE_CONDITIONS.includes(field(exchange, 25))
  if (rule === undefined || !offered) return { code: NOT_SUPPORTED }
  const stan = field(exchange, 11)
  if (stan === '' || batch.length !== 6) return { code: '30' }
  if (ledger.full) return { code: '96' }
  if (!acceptBatch(terminal, batch)) return { code: '77' }
  const known = ledger.byKey({ tid: terminal.tid, batch, stan })
  if (known !== null) {
    const again = parts.repeatedAdvice === 'sameAnswer' && isRepeatOf(exchange, known)
    return again ? sameAnswer(known) : { code: '94' }
  }
  if (parts.orderedCode !== null)
    return book(exchange, parts.orderedCode, { kind: rule.kind, account: null })
  if (parts.refused.has(stanKey(exchange)))
    return book(exchange, '12', { kind: rule.kind, account: null })
  const isByCode = rule.kind === 'sale' && field(exchange, 22).startsWith('03')
  if (isByCode && parts.phone === 'asksPassword') return suspend(exchange, parts.pending)
  return rule.answer(exchange)
}
