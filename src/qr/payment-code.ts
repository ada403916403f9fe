/** Codes of digits only: is it a wallet's payment code, and if not, what is it? Works on bytes, so that no code becomes a string. */
import { type Digits, isDate, isGoodsBarcode, isIdentityNumber, numberAt } from './check-digits.ts'
import type { BillRule, CodeTable, PaymentCodeRule } from './code-table.ts'
import type { CodeSource, CodeVerdict } from './verdict.ts'
import { accepted, confirmed, rejected } from './verdict.ts'

/**
 * Judges `digits` (ASCII digits, at least one). Prefixes and lengths are in the table, their sources in its file.
 * A right prefix with a wrong length is never cut or filled up.
 */
export function classifyDigits(digits: Digits, table: CodeTable, source: CodeSource): CodeVerdict {
  if (isGoodsBarcode(digits)) return rejected('GOODS_BARCODE', goodsClass(digits))
  const bill = table.bills.find((rule) => isBill(digits, rule))
  if (bill !== undefined) return rejected('TRANSACTION_ID', bill.class)
  const rule = table.paymentCodes.find((code) => code.prefixes.some((p) => startsWith(digits, p)))
  if (rule === undefined) return rejected('UNKNOWN_PREFIX', 'unknown')
  return judgePaymentCode(digits, rule, source)
}

function judgePaymentCode(digits: Digits, rule: PaymentCodeRule, source: CodeSource): CodeVerdict {
  const { channel } = rule
  if (!rule.lengths.includes(digits.length))
    return { ...rejected('BAD_LENGTH', channel), channel, expectedLengths: rule.lengths }
  if (source === 'keypad' && !rule.keypad) return { ...rejected('PAN_LOOKALIKE', channel), channel }
  if (rule.cardPrefixes.some((prefix) => startsWith(digits, prefix)))
    return confirmed('PAN_LOOKALIKE', channel)
  return isIdentityNumber(digits) ? confirmed('ID_NUMBER_LOOKALIKE', channel) : accepted(channel)
}

function isBill(digits: Digits, rule: BillRule): boolean {
  if (digits.length < rule.minLength || digits.length > rule.maxLength) return false
  if (!startsWith(digits, rule.prefix)) return false
  return !rule.dated || (isDate(digits, 0) && startsWith(digits.subarray(8), rule.afterDate))
}

function goodsClass(digits: Digits): string {
  const isbn = digits.length === 13 && [978, 979].includes(numberAt(digits, 0, 3))
  return isbn ? 'isbn' : `ean${digits.length}`
}

function startsWith(digits: Digits, prefix: string): boolean {
  for (let at = 0; at < prefix.length; at += 1)
    if (digits[at] !== prefix.charCodeAt(at)) return false
  return true
}
