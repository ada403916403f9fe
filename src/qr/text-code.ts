/** Codes that are text: merchant-presented codes, links, invoices, stickers. None of them is a customer's payment code. */
import type { CodeTable } from './code-table.ts'
import { classifyLink, parseLink } from './link.ts'
import { isMpmText, parseMpm } from './mpm.ts'
import { parseMpmObjects } from './mpm-objects.ts'
import { type CodeVerdict, rejected } from './verdict.ts'

/** Other control characters than the line ends of a vCard, and the byte order mark: none may stand in a code. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/u
const LINE_END = /[\t\r\n]/
const CARD_TEXT = /^(BEGIN:VCARD|MECARD:|BIZCARD:)/i
const STICKER_TEXT = /^(WIFI:|mailto:|MATMSG:|tel:|smsto?:|geo:|BEGIN:VEVENT|BEGIN:VCALENDAR)/i
/** 01, kind of invoice, invoice code, invoice number …: the printed VAT invoice. */
const INVOICE = /^01,\d{2},\d{0,12},\d{8,20},/
/** Alipay face payment: another scene with rules of its own. */
const FACE_TOKEN = /^fp[0-9a-z]{20,}$/i

/** `code` holds at least one byte that is no digit, or begins like a merchant code. */
export function classifyText(code: Uint8Array, table: CodeTable): CodeVerdict {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(code)
  if (CONTROL.test(text)) return rejected('BAD_CHAR', 'unknown')
  if (CARD_TEXT.test(text)) return rejected('CONTACT_CARD', 'CONTACT_CARD')
  if (STICKER_TEXT.test(text)) return rejected('NOT_A_PAYMENT_CODE', 'NOT_A_PAYMENT_CODE')
  if (LINE_END.test(text) || hidesDigits(text)) return rejected('BAD_CHAR', 'unknown')
  if (isMpmText(text))
    return { ...rejected('PAYEE_CODE_EMV', 'emv-mpm'), merchantName: payee(text) }
  const link = parseLink(text)
  if (link !== null) {
    const kind = classifyLink(link, table)
    return rejected(kind, kind)
  }
  if (INVOICE.test(text)) return rejected('INVOICE_QR', 'invoice')
  if (FACE_TOKEN.test(text)) return rejected('FACE_TOKEN_UNSUPPORTED', 'alipay-face')
  // Objects of another scheme, such as the proof of a transfer.
  if (parseMpmObjects(text).ok) return rejected('NOT_A_PAYMENT_CODE', 'NOT_A_PAYMENT_CODE')
  return rejected('UNKNOWN_TEXT', 'UNKNOWN_TEXT')
}

/** Digits in another width or script, with blanks or with invisible characters between: nothing here is put right. */
function hidesDigits(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '')
  return /^\p{Nd}+$/u.test(plain) && !/^[0-9]+$/.test(text)
}

/** Name in the language of the shop where the code gives one, else the plain name; only when the CRC is right. */
function payee(text: string): string | null {
  const reading = parseMpm(text)
  if (!reading.ok || reading.code.faults.includes('CRC_MISMATCH') || reading.code.crc === null)
    return null
  const { language, merchantName } = reading.code
  const local = typeof language === 'object' ? language?.['01'] : undefined
  return local ?? merchantName
}
