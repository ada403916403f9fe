/**
 * The shop's own total of a batch (cash register, order book) against the terminal's. Keyed before the terminal's is shown, so that nobody
 * copies it. Without a till that sends the amounts it is the only thing that sees digits that were swapped.
 */

/** What a supervisor says about a difference. */
export type TotalWhy = 'corrected' | 'found' | 'shopWrong' | 'notFound'

export type ShopTotal = {
  readonly batch: string
  readonly at: number
  readonly operator: string
  /** Taken minus given back, in minor units; below zero when more went back. */
  readonly oursMinor: number
  readonly shopMinor: number
}

/** A month of days with a difference that nobody has explained; then the next batch waits for a word about them. */
export const SHOP_TOTALS_LIMIT = 31

/** Above zero: the terminal holds more than the shop has counted. */
export function totalDifference({ oursMinor, shopMinor }: ShopTotal): number {
  return oursMinor - shopMinor
}

/** `total-<batch>`: names it on the open list. */
export function totalId({ batch }: Pick<ShopTotal, 'batch'>): string {
  return `total-${batch}`
}
