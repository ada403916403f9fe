/** Situations that are set in a drill, and how somebody did in each; leaves, because setup and state hold them. */
import type { MinorUnits } from '../money.ts'

type Task = {
  readonly id: string
  /** What is said to the person, in the words of the counter. */
  readonly task: { readonly 'zh-CN': string; readonly en: string }
}

/** What is to be done; data, so that a shop may write its own. */
export type Situation =
  /** Exactly this much is to be charged. */
  | (Task & { readonly kind: 'charge'; readonly amountMinor: MinorUnits })
  /** A code is described; may it be charged? */
  | (Task & { readonly kind: 'judge'; readonly isPayment: boolean })
  /** The right type has to be found. */
  | (Task & {
      readonly kind: 'type'
      readonly transaction: 'preAuth' | 'sale'
      readonly amountMinor: MinorUnits
    })
  /** Two customers pay the same; this one, 1 or 2, gets it back. */
  | (Task & {
      readonly kind: 'refund'
      readonly amountMinor: MinorUnits
      readonly which: 1 | 2
    })
  /** A sale whose slip is broken off; it must come out whole. */
  | (Task & { readonly kind: 'paper'; readonly amountMinor: MinorUnits })

export type Score = {
  readonly operator: string
  readonly situation: string
  readonly at: number
  /** Keys and options from the moment it was set, tried ones too. */
  readonly taps: number
  readonly ms: number
  /** Wrong amounts, types or originals that were sent, wrong answers, slips called whole that were not. */
  readonly misses: number
  readonly skipped: boolean
}

export type Exercise = {
  /** Which situation is on. */
  readonly at: number
  /** False until it has been said on an empty amount page. */
  readonly isTold: boolean
  readonly startedAt: number
  readonly taps: number
  readonly misses: number
  /** Payments of this situation, oldest first. */
  readonly sales: readonly string[]
  /** A slip of it has been broken off. */
  readonly isBroken: boolean
  readonly answer: 'none' | 'right' | 'wrong'
  readonly scores: readonly Score[]
}

/** Kept of all people, newest last. */
export const SCORES_LIMIT = 400
