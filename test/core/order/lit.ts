/** The page that waits for the customer: reader and scanner are lit for a sale of 38 yuan. */
import { minor } from '#core/money.ts'
import type { Present } from '#core/order/decide-present.ts'
import type { Order } from '#core/transaction/attempt.ts'

export const SALE: Order = { id: 9, dueMinor: minor(3800), operator: '01' }

export const LIT: Present = {
  kind: 'present',
  order: SALE,
  typed: '38',
  read: 4,
  reading: true,
  wait: { startedAt: 0, deadlineAt: 90_000 },
}
