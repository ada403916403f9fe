/** A confirmed sale as the power left it; a leaf, because the state holds it. */
import type { Order } from './attempt.ts'

export type UnsentSale = {
  readonly order: Order
  /** The keys that the amount was typed with. */
  readonly typed: string
  /** Wall time of the last event before, in milliseconds. */
  readonly since: number
}
