/** What may be left open of a sale when its page is gone. */
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { minor } from '#core/money.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'

export const restOf = ({ id, stan }: TransactionRecord): FollowUp => ({
  id: `${id}-rest`,
  after: id,
  trace: stan,
  kind: 'sale',
  dueMinor: minor(1200),
  why: 'rest',
})

/** To be signed by hand; nobody has seen it yet. */
export const paperOf = ({ id, stan }: TransactionRecord) =>
  ({ record: id, trace: stan, type: 'sale', amountMinor: minor(3800) }) as const
