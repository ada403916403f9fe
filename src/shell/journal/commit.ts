/** What is written at once: events with what was decided about them, and the state that they led to. */
import type { Refusal } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'

export type Entry = {
  readonly event: TerminalEvent
  readonly effects: readonly Effect[]
  readonly refused: Refusal | null
}

export type Commit = {
  readonly entries: readonly Entry[]
  /** The state after the last entry. */
  readonly state: TerminalState
  /** Sealed PANs of reversals armed by these entries. */
  readonly sealed: readonly { readonly reversal: string; readonly bytes: Uint8Array }[]
}
