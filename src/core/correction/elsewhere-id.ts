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
