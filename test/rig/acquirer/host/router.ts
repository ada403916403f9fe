/** Which rule answers which message, and what must hold before any rule is asked. */
import type { EntryKind } from '../ledger/entry.ts'
import { type Answer, book, type Exchange, field, field60 } from './exchange.ts'
import { type KeyIssuer, manage } from './management.ts'
import { type RefusedStans, reverse, stanKey } from './reversal.ts'
import { sale } from './sale.ts'
import { acceptBatch } from './terminals.ts'

const NOT_SUPPORTED = '40'

export type RouterParts = {
  readonly issuer: KeyIssuer
  readonly refused: RefusedStans
  /** True when field 64 is there and right. */
  readonly macIsGood: boolean
}

type FinancialRule = { readonly kind: EntryKind; readonly answer: (exchange: Exchange) => Answer }

/** MTI + first two digits of field 60 + service condition → rule. */
const RULES: ReadonlyMap<string, FinancialRule> = new Map([
  ['0200/22/00', { kind: 'sale', answer: sale }],
])

/** Answers any request of a known terminal. */
export function route(exchange: Exchange, parts: RouterParts): Answer {
  const { mti } = exchange.request
  if (mti === '0800' || mti === '0820') return manage(exchange, parts.issuer)
  // Without keys nothing can be checked: A0 makes a terminal sign on again.
  if (exchange.terminal.keys === null || !parts.macIsGood) return { code: 'A0' }
  if (mti === '0400') return reverse(exchange, parts.refused)
  return judgeFinancial(exchange, parts)
}

function judgeFinancial(exchange: Exchange, parts: RouterParts): Answer {
  const { request, ledger, terminal } = exchange
  const { type, batch } = field60(request)
  const rule = RULES.get(`${request.mti}/${type}/${field(exchange, 25)}`)
  if (rule === undefined) return { code: NOT_SUPPORTED }
  const stan = field(exchange, 11)
  if (stan === '' || batch.length !== 6) return { code: '30' }
  if (ledger.full) return { code: '96' }
  if (!acceptBatch(terminal, batch)) return { code: '77' }
  if (ledger.byKey({ tid: terminal.tid, batch, stan }) !== null) return { code: '94' }
  if (parts.refused.has(stanKey(exchange)))
    return book(exchange, '12', { kind: rule.kind, account: null })
  return rule.answer(exchange)
}
