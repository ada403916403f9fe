/** One customer's wish in the cashier's head, and what came of it. */
import type { TillWish } from '#core/till/wish.ts'
import type { Order } from '#core/transaction/attempt.ts'

/** What the hands are about to do. */
export type Aim = {
  readonly does: 'sale' | 'refund' | 'preAuth'
  readonly keys: readonly string[]
  /** Voucher number that is typed; empty for none. */
  readonly voucher: string
}

export type Shown = {
  readonly kind: string
  readonly amountMinor: number
  readonly original: string
}

export type Task = {
  /** What is done at first, with the mistake in it. */
  readonly first: Aim
  /** What is done once somebody has noticed. */
  readonly right: Aim
  readonly dueMinor: number
  /** The amount on the slip in the cashier's hand: of the sale that is refunded; where there is none, of what is in the cashier's head. */
  readonly slipKeys: readonly string[]
  /** The till sends it: nobody types. Null: it is typed here. */
  readonly till: TillWish | null
  /** Chance that the cashier sees an own mistake on a page that asks. */
  readonly noticesOwn: number
  /** Does not wait for what the terminal finds out about an attempt without an answer. */
  readonly hasty: boolean
  /** The customer reads the display, once; true: "that is wrong". */
  readonly objects: (shown: Shown) => boolean
  /** The customer holds something out; counted from 1. */
  readonly present: (attempt: number, order: Order) => void
}

export type Served = {
  /** Record of the approval; null when the cashier knows of none. */
  readonly record: string | null
  /** Taps and milliseconds from the first key until the customer may present; null: it never came to that. */
  readonly entry: { readonly taps: number; readonly ms: number } | null
  /** Highest level that the terminal asked for. */
  readonly level: number
  /** The terminal said that another phone came into view, and which code pays. */
  readonly warned: boolean
}
