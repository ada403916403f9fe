/**
 * The first look at whatever was held under the scanner: is it a customer's payment code? A shop's own receive code, a goods
 * barcode or an invoice must never be charged, and the cashier is told what it was instead.
 */
import type { CodeTable } from './code-table.ts'
import { parseCpm } from './cpm.ts'
import { classifyDigits } from './payment-code.ts'
import { codeRange, isDoubled, sameBytes } from './reading.ts'
import { classifyText } from './text-code.ts'
import { accepted, type CodeSource, type CodeVerdict, rejected } from './verdict.ts'

export type CodeContext = {
  /** Default `scanner`. */
  readonly source?: CodeSource
  /** The code that was charged last, as bytes or text: it may not be charged again. */
  readonly lastAccepted?: Uint8Array | string | null
}

/** A QR code holds at most 7089 digits (ISO/IEC 18004, version 40-L); more is not one reading. */
export const LONGEST_READING = 7089

const CPM_START = new TextEncoder().encode('hQVDUFYw')
const MPM_START = new TextEncoder().encode('000201')

/**
 * Judges one reading as text; for payment codes prefer `classifyCustomerCodeBytes`, which makes no string of them. `range`
 * counts UTF-16 units. Never throws, never repairs.
 */
export function classifyCustomerCode(
  text: string,
  table: CodeTable,
  context: CodeContext = {},
): CodeVerdict {
  return classifyCustomerCodeBytes(new TextEncoder().encode(text), table, context)
}

/**
 * Judges the bytes of one reading: ASCII digits, Base64, or text in UTF-8. `range` counts bytes; it leaves out the AIM prefix
 * and blanks and line ends at both ends. The caller zeroes `bytes`. Never throws, never repairs.
 */
export function classifyCustomerCodeBytes(
  bytes: Uint8Array,
  table: CodeTable,
  context: CodeContext = {},
): CodeVerdict {
  if (bytes.length > LONGEST_READING) return rejected('TOO_LONG', 'unknown')
  const range = codeRange(bytes)
  const code = bytes.subarray(range.start, range.end)
  if (code.length === 0) return rejected('EMPTY', 'empty')
  if (isDoubled(code)) return rejected('DOUBLE_READ', 'unknown')
  const verdict = classifyCode(code, table, context.source ?? 'scanner')
  if (verdict.asCustomerCode === 'reject') return verdict
  if (wasAccepted(code, context.lastAccepted ?? null))
    return { ...rejected('REUSED', verdict.class), channel: verdict.channel }
  return { ...verdict, range }
}

function classifyCode(code: Uint8Array, table: CodeTable, source: CodeSource): CodeVerdict {
  if (startsWith(code, CPM_START)) return classifyCpm(code, table)
  const digitsOnly = code.every((byte) => byte >= 0x30 && byte <= 0x39)
  if (digitsOnly && !startsWith(code, MPM_START)) return classifyDigits(code, table, source)
  return classifyText(code, table)
}

function classifyCpm(code: Uint8Array, table: CodeTable): CodeVerdict {
  const reading = parseCpm(code)
  if (!reading.ok) return rejected('TRUNCATED', 'cpm')
  reading.wipe()
  if (!reading.supportedVersion) return rejected('UNSUPPORTED_VERSION', 'cpm')
  const known = table.cpmApplications.find(({ aid }) => reading.applications.includes(aid))
  return known === undefined ? rejected('UNSUPPORTED_AID', 'cpm') : accepted(known.channel, 'cpm')
}

function wasAccepted(code: Uint8Array, last: Uint8Array | string | null): boolean {
  if (last === null) return false
  const before = typeof last === 'string' ? new TextEncoder().encode(last) : last
  const range = codeRange(before)
  return sameBytes(code, before.subarray(range.start, range.end))
}

function startsWith(code: Uint8Array, start: Uint8Array): boolean {
  return sameBytes(code.subarray(0, start.length), start)
}
