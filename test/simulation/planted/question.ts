/** What is asked of the process that looks for bugs, and what it answers: a line of JSON each. */
import type { Bug } from './bug.ts'

export type Question = {
  /** Null: the source as it is. */
  readonly bug: Bug | null
  readonly seeds: readonly number[]
  /** Orders typed in each seed. */
  readonly sales: number
  /** So many seeds that break are enough. */
  readonly enough: number
}

/** A seed that broke, and the first sentence of it. */
export type Found = { readonly seed: number; readonly broken: string }
