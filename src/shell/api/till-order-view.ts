/** The bill of a till as both screens show it: before anything is presented, so that the customer can object. */
import { signedText } from '#core/till/wish.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { TillOrderView } from './view.ts'

/** Nothing for an amount that was typed. */
export function tillOrderView({ till }: Pick<Order, 'till'>): { readonly order?: TillOrderView } {
  if (till === undefined) return {}
  const lines = till.lines.map(({ name, quantity, amountMinor }) => ({
    name,
    quantity,
    amount: signedText(amountMinor),
  }))
  return { order: { reference: till.reference, lines } }
}
