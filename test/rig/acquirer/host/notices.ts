/** Messages that report rather than ask: balance inquiry, offline sale, script result, batch upload. */

import { readTlv } from '../wire/tlv.ts'
import { checkCard } from './card-check.ts'
import {
  type Answer,
  amountOf,
  book,
  CODE_APPROVED,
  type Exchange,
  field,
  field60,
} from './exchange.ts'
import { withArpc } from './sale.ts'

const TAG_DF31_SCRIPT_RESULTS = 'DF31'
/** Five bytes for each script. */
const SCRIPT_RESULT_DIGITS = 10

/** Account type savings, amount type available, yuan, credit sign; then 12 digits. */
const BALANCE_PREFIX = '1002156C'

/** 0200, 310000, 60.1 = 01: field 54 tells what is available. Books nothing. */
export function balance(exchange: Exchange): Answer {
  const check = checkCard(exchange, 'required')
  if (check.code !== CODE_APPROVED || check.account === null)
    return withArpc({ code: check.code }, check)
  const available = exchange.ledger.availableMinor(check.account.id)
  const fields = new Map([[54, `${BALANCE_PREFIX}${String(available).padStart(12, '0')}`]])
  return withArpc({ code: CODE_APPROVED, fields }, check)
}

/** 0220, 60.1 = 30: a sale that was approved elsewhere is booked as it is. */
export function offlineSale(exchange: Exchange): Answer {
  const { account } = checkCard(exchange, 'ignored')
  const amount = amountOf(exchange.request)
  const code = account === null ? '14' : amount === null || amount === 0 ? '13' : CODE_APPROVED
  return book(exchange, code, { kind: 'offlineSale', account })
}

/** 0620, 60.3 = 951: field 61 names a transaction of this terminal, field 55 says how its scripts went. */
export function scriptResult(exchange: Exchange): Answer {
  const { ledger, request, terminal } = exchange
  const named = field(exchange, 61)
  const known = ledger.byKey({
    tid: terminal.tid,
    batch: named.slice(0, 6),
    stan: named.slice(6, 12),
  })
  const results = readTlv(field(exchange, 55))?.get(TAG_DF31_SCRIPT_RESULTS) ?? ''
  const isWhole = results.length > 0 && results.length % SCRIPT_RESULT_DIGITS === 0
  const fits = field60(request).management === '951' && named.length === 16
  return { code: known === null ? '25' : isWhole && fits ? CODE_APPROVED : '30' }
}
