/** What people do about a wrong payment that they know of: at once with the customer there, or at night with the bills in hand. */
import type { Cause } from '#core/correction/cause.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { payerOf } from './books.ts'
import type { Customers } from './customer.ts'
import type { TrueOrder } from './day-script.ts'
import type { Hands } from './hands.ts'
import { mend } from './mend.ts'
import type { World } from './world.ts'

export type Repairs = {
  /** The wrong records of one order are corrected; true: the order itself has to be done anew. */
  readonly atOnce: (order: TrueOrder, wrong: readonly TransactionRecord[]) => boolean
  /** Nobody is there any more. `giveBack` refunds the difference by reference. */
  readonly atNight: (
    order: TrueOrder,
    wrong: readonly TransactionRecord[],
    giveBack: (record: TransactionRecord, differenceMinor: number) => void,
  ) => void
}

export function createRepairs(world: World, hands: Hands, customers: Customers): Repairs {
  const correct = (
    order: TrueOrder,
    record: TransactionRecord,
    what: { readonly cause: Cause; readonly isHere: boolean },
  ): void => {
    mend(world, hands, {
      record: record.id,
      cause: what.cause,
      rightMinor: order.amountMinor,
      present: (asked) => {
        const follows = asked.follows?.why
        if (!what.isHere || follows === 'giveBack') return false
        customers.paysRight(order, asked)
        return true
      },
    })
  }
  return {
    atOnce: (order, wrong) => {
      let anew = false
      for (const record of wrong) {
        const cause = causeOf(order, record)
        correct(order, record, { cause, isHere: true })
        anew ||= order.kind !== 'sale' || record.kind === 'refund'
      }
      return anew
    },
    atNight: (order, wrong, giveBack) => {
      for (const record of wrong) {
        if (order.kind !== 'sale' || record.kind !== 'sale') continue
        const difference = record.paidMinor - record.refundedMinor - order.amountMinor
        if (difference > 0 && record.channel !== 'card') giveBack(record, difference)
        else if (difference < 0) correct(order, record, { cause: 'wrongAmount', isHere: false })
      }
    },
  }
}

/** How a person names it. */
function causeOf(order: TrueOrder, record: TransactionRecord): Cause {
  if (record.kind === 'preAuth') return order.kind === 'preAuth' ? 'wrongAmount' : 'saleMeant'
  if (record.kind === 'refund') return 'saleMeant'
  if (order.kind === 'refund') return 'customerWish'
  if (order.kind === 'preAuth') return 'holdMeant'
  return payerOf(record.fingerprint) === order.payer ? 'wrongAmount' : 'wrongPayer'
}
