/** What can be looked for among the records of all batches that are kept. */
import type { MinorUnits } from '../money.ts'

export type RecordWish =
  | { readonly by: 'amount'; readonly amountMinor: MinorUnits }
  | { readonly by: 'last4'; readonly last4: string }
  | { readonly by: 'trace'; readonly stan: string }
  /** From `fromMs` up to, not with, `toMs`. */
  | { readonly by: 'time'; readonly fromMs: number; readonly toMs: number }
  | { readonly by: 'channel'; readonly channel: string }
  | { readonly by: 'operator'; readonly operator: string }
  /**
   * Whatever was done here about a payment (DE 37) or hold (DE 38, of MMDD) of another terminal under this number, and whatever of this terminal's
   * own bears it.
   */
  | { readonly by: 'elsewhere'; readonly number: string; readonly date: string }
  /** The one of this id. */
  | { readonly by: 'record'; readonly record: string }
  /** Whatever was collected after the one of this id, and after those. */
  | { readonly by: 'follows'; readonly record: string }

/** What somebody types; by what they belong to records are looked for by the terminal itself. */
export type WishField = Exclude<RecordWish['by'], 'elsewhere' | 'record' | 'follows'>

/** More than a person looks through; whoever gets so many asks for something narrower. */
export const WISH_MOST = 20
