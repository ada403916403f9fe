/** What happened at the counter and stands on no record: read off the events, one after another. */
import type { ShopTotal, TotalWhy } from '../batch/shop-total.ts'
import type { MinorUnits } from '../money.ts'
import type { TransactionKind } from '../transaction/kinds.ts'

/** How the payment that is given back was found. */
export type ProofKind = 'slip' | 'typed' | 'list' | 'atOnce'

export type Note = { readonly at: number; readonly operator: string } & (
  | { readonly note: 'blindConfirm'; readonly order: number; readonly afterMs: number }
  /** Asked to key an unusual amount again, somebody keyed another one. */
  | { readonly note: 'keyedDifferently'; readonly amountMinor: MinorUnits }
  | { readonly note: 'proof'; readonly order: number; readonly proof: ProofKind }
  /** Nobody knew for a while what became of this request. */
  | {
      readonly note: 'unknown'
      readonly kind: TransactionKind
      readonly id: string
      readonly trace: string
      readonly amountMinor: MinorUnits
    }
  | { readonly note: 'codeRefused'; readonly why: string }
  | {
      readonly note: 'slip'
      readonly became: 'owed' | 'unsure' | 'saidThere'
      readonly record: string
      readonly trace: string
    }
  /** Keyed before a batch is closed; also one that agrees. */
  | { readonly note: 'shopTotal'; readonly total: ShopTotal }
  | { readonly note: 'totalExplained'; readonly batch: string; readonly why: TotalWhy }
  | {
      readonly note: 'writtenOff'
      readonly record: string
      readonly trace: string
      readonly amountMinor: MinorUnits
    }
)

/** Of one stretch of the journal. A shop has some dozen a day; whatever is more is counted and left out. */
export const NOTES_LIMIT = 5_000

export type Notes = {
  readonly list: readonly Note[]
  readonly leftOut: number
  /** The page that is shown, and since when. */
  readonly page: number
  readonly since: number
  /** How the original of the order that is being made was found. */
  readonly proof: ProofKind | null
}

export const NO_NOTES: Notes = { list: [], leftOut: 0, page: -1, since: 0, proof: null }
