/**
 * A payment that another terminal of the shop took stands in no journal here. What an order quotes of it was typed from its slip, and goes under
 * a name of its own, so that nothing takes it for a record of this terminal.
 */
import type { TransactionRecord } from '../transaction/record.ts'

const MARK = 'elsewhere'

/** In the place of a voucher or batch number that the slip's reader was not asked for. */
export const UNKNOWN_NUMBER = '000000'

/** `number`: DE 37 of a payment, DE 38 of a hold, as on the slip. `date`: MMDD. */
export function elsewhereId({ date, number }: { date: string; number: string }): string {
  return `${MARK}-${date}-${number}`
}

/** True of what was typed from a slip of another terminal: it is never kept as a record, and only the acquirer knows what is left of it. */
export function isElsewhere({ id }: Pick<TransactionRecord, 'id'>): boolean {
  return id.startsWith(`${MARK}-`)
}

/** The number that was typed, out of the id that a refund or completion quotes; null: its original is one of this terminal. */
export function elsewhereNumber(id: string): string | null {
  return isElsewhere({ id }) ? (id.split('-')[2] ?? '') : null
}

/** What a page calls a payment by: its voucher number; of one that was typed without it, the number that was typed. */
export function numberOnSlip({ id, stan }: Pick<TransactionRecord, 'id' | 'stan'>): string {
  return stan === UNKNOWN_NUMBER ? (elsewhereNumber(id) ?? stan) : stan
}

/** DE 37 names a payment alone: whoever reads a wrong date off its slip means the same one. A code of six digits (DE 38) comes again on other days. */
export function isSameOriginal(one: string, other: string): boolean {
  const number = elsewhereNumber(one)
  if (number === null || number.length !== REFERENCE_DIGITS) return one === other
  return number === elsewhereNumber(other)
}

/** Of DE 37. */
export const REFERENCE_DIGITS = 12
