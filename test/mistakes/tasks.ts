/** What one true order becomes in the hands of this cashier, with the mistake in it; and the same once it is known how it should be. */
import { minor } from '#core/money.ts'
import type { TillWish } from '#core/till/wish.ts'
import { type createCustomers, noticesOnDisplay } from './customer.ts'
import type { Planned } from './day-script.ts'
import { slippedKeys } from './sight.ts'
import { keysOf } from './slips-of-the-finger.ts'
import type { Aim, Task } from './task.ts'
import type { Variant } from './variants.ts'
import type { World } from './world.ts'

/** A cashier who looks at the page sees an own mistake so often (a guess). */
const NOTICES_OWN = 0.25

export type Making = {
  readonly variant: Variant
  readonly records: ReadonlyMap<number, string>
  readonly world: World
  readonly customers: ReturnType<typeof createCustomers>
}

/** Null: the sale that this refund is about did not come to pass on this terminal. */
export function taskOf(planned: Planned, making: Making): Task | null {
  const { variant, customers } = making
  const { order, mistake } = planned
  const right = rightAim(planned, making.records, making.world)
  if (right === null) return null
  const { looks, customerDisplay, orderLink } = variant
  const isBlind = mistake?.error === 'blindConfirm'
  const till = orderLink && mistake?.error !== 'refundNeighbour' ? tillWish(order) : null
  return {
    first: till === null ? firstAim(planned, right) : right,
    right,
    dueMinor: order.amountMinor,
    slipKeys: slipKeys(planned, making.records, making.world),
    till,
    noticesOwn: looks && !isBlind ? NOTICES_OWN : 0,
    hasty: mistake?.error === 'repeatAfterTimeout',
    objects: (shown) => customerDisplay && noticesOnDisplay(planned, shown),
    present: customers.holdsOut(planned),
  }
}

/** What the till sends; it has no holds. A record picked wrongly is as possible there as here, so that mistake is made at the terminal. */
function tillWish({ kind, index, amountMinor, refundOf }: Planned['order']): TillWish | null {
  if (kind === 'preAuth') return null
  const of = refundOf === null ? '' : `T-${refundOf}`
  return { reference: `T-${index}`, kind, of, amountMinor: minor(amountMinor), lines: [] }
}

/** The same order once everybody knows how it should be. */
export function rightTask(
  planned: Planned,
  records: ReadonlyMap<number, string>,
  world: World,
  paysRight: ReturnType<typeof createCustomers>['paysRight'],
): Task {
  const aim =
    rightAim(planned, records, world) ?? firstAim(planned, { does: 'sale', keys: [], voucher: '' })
  return {
    ...plain(aim, planned.order.amountMinor),
    slipKeys: slipKeys(planned, records, world),
    present: (_attempt, asked) => paysRight(planned.order, asked),
  }
}

function slipKeys(
  { order }: Planned,
  records: ReadonlyMap<number, string>,
  { disk }: World,
): readonly string[] {
  const sold = order.refundOf === null ? undefined : records.get(order.refundOf)
  const paid = sold === undefined ? undefined : disk.records.get(sold)?.paidMinor
  return keysOf(paid ?? order.amountMinor)
}

function rightAim(
  { order }: Planned,
  records: ReadonlyMap<number, string>,
  world: World,
): Aim | null {
  const keys = keysOf(order.amountMinor)
  if (order.refundOf === null) return { does: order.kind, keys, voucher: '' }
  const sold = records.get(order.refundOf)
  const record = sold === undefined ? undefined : world.disk.records.get(sold)
  if (record === undefined || record.paidMinor - record.refundedMinor < order.amountMinor)
    return null
  return { does: 'refund', keys, voucher: String(Number(record.stan)) }
}

function firstAim({ order, mistake }: Planned, right: Aim): Aim {
  if (mistake === null) return right
  const { error, slip, where, which, luck } = mistake
  if (slip !== null)
    return { ...right, keys: slippedKeys(slip, order.amountMinor, { where, which, luck }) }
  if (error === 'saleForRefund') return { ...right, does: 'sale', voucher: '' }
  if (error === 'refundForSale')
    return {
      ...right,
      does: 'refund',
      voucher: String(Math.floor(order.amountMinor / 100)).slice(0, 6),
    }
  if (error === 'preAuthForSale') return { ...right, does: 'preAuth' }
  if (error === 'refundNeighbour')
    return { ...right, voucher: String(Math.max(1, Number(right.voucher) + (luck < 0.5 ? 1 : -1))) }
  return right
}

/** Nobody makes a mistake and nobody looks for one. */
export function plain(aim: Aim, dueMinor: number): Omit<Task, 'present'> {
  return {
    first: aim,
    right: aim,
    dueMinor,
    slipKeys: aim.keys,
    till: null,
    noticesOwn: 0,
    hasty: false,
    objects: () => false,
  }
}
