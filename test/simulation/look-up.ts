/** What a journal finds of what somebody remembers, newest last: in the place of the shell's search. */
import { elsewhereNumber } from '#core/correction/elsewhere-id.ts'
import { type RecordWish, WISH_MOST } from '#core/counter/wish.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Disk } from './disk.ts'

export function lookedFor({ records }: Disk, wish: RecordWish): readonly TransactionRecord[] {
  const all = [...records.values()]
  if (wish.by === 'follows') return after(all, wish.record).slice(-WISH_MOST)
  return all.filter((record) => fits(record, wish)).slice(-WISH_MOST)
}

/** What was collected after it comes later, so one look from the oldest on finds all. */
function after(records: readonly TransactionRecord[], first: string): readonly TransactionRecord[] {
  const chain = new Set([first])
  return records.filter(({ follows = '', id }) => chain.has(follows) && chain.add(id))
}

function fits(
  record: TransactionRecord,
  wish: Exclude<RecordWish, { readonly by: 'follows' }>,
): boolean {
  switch (wish.by) {
    case 'amount':
      return record.dueMinor === wish.amountMinor || record.paidMinor === wish.amountMinor
    case 'last4':
      return record.last4 === wish.last4
    case 'trace':
      return record.stan === wish.stan
    case 'time':
      return record.at >= wish.fromMs && record.at < wish.toMs
    case 'channel':
      return record.channel === wish.channel
    case 'operator':
      return record.operator === wish.operator
    case 'record':
      return record.id === wish.record
    case 'elsewhere':
      return (
        elsewhereNumber(record.original) === wish.number ||
        record.reference === wish.number ||
        (record.authCode === wish.number && record.hostDate === wish.date)
      )
  }
}
