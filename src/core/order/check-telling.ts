/** What the confirm page says about an amount that is not like the others. */
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import type { Order } from '../transaction/attempt.ts'

/** Null for an amount like the others. */
export function checkTelling(order: Order): Message | null {
  const reasons = order.check?.reasons ?? []
  const amount = formatMinor(order.dueMinor)
  if (reasons.includes('pointLost')) return message('amount.pointLost', { amount })
  if (reasons.includes('unusuallyHigh')) return message('amount.unusuallyHigh', { amount })
  if (reasons.includes('unusuallyLow')) return message('amount.unusuallyLow', { amount })
  if (reasons.includes('newPrice')) return message('amount.newPrice', { amount })
  if (reasons.includes('newEnding')) return message('amount.newEnding', { amount })
  return reasons.length > 0 ? message('amount.look', { amount }) : null
}
