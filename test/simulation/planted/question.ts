/** What is asked of the process that looks for bugs, and what it answers: a line of JSON each. */
import type { Bug } from './bug.ts'

export type Question = {
  /** Null: the source as it is. */
  readonly bug: Bug | null
  readonly seeds: readonly number[]
  /** Orders typed in each seed. */
  readonly sales: number
}

/** The first seed that broke, and its sentence; null when none did. */
export type Found = { readonly seed: number; readonly broken: string }
