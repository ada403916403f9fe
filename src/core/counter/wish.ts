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

export type WishField = RecordWish['by']
