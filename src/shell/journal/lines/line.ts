/**
 * The journal as lines of JSON: what `journal export` prints, what an archive file holds, what `journal replay` reads. One shape for the
 * three, so that whatever can be kept can be replayed.
 */
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { SavedState } from '#core/terminal/upgrade.ts'
import type { CheckpointWhy } from '../checkpoint.ts'

/** Grows when a reader of before could not read what is written now. */
export const LINES_FORMAT = 1

type BeginLine = {
  readonly line: 'begin'
  readonly format: number
  /** Number and hash (hex) of the event before the first one. */
  readonly after: number
  readonly head: string
}

export type EventLine = {
  readonly line: 'event'
  readonly seq: number
  readonly event: TerminalEvent
  readonly effects: readonly Effect[]
  /** Why it changed nothing; a name that this release may not know. */
  readonly refused: string | null
  /** Of the row as the journal holds it, in hex. */
  readonly hash: string
  /** Something was left out: the hash cannot be recomputed from this line. */
  readonly masked?: true
}

/** The state after event `seq`, and the program that decides what follows. */
export type CheckpointLine = {
  readonly line: 'checkpoint'
  readonly seq: number
  /** `now`: what the next start goes on from. `chosen`: made for the beginning of a part. */
  readonly why: CheckpointWhy | 'now' | 'chosen'
  readonly release: string
  readonly state: SavedState
}

export type EndLine = {
  readonly line: 'end'
  readonly events: number
  /** Hash of the last event, in hex: the head of the chain. */
  readonly head: string
}

export type JournalLine = BeginLine | EventLine | CheckpointLine | EndLine

/** Where lines stop being what they should be; told instead of the lines that would follow. */
export type Fault = { readonly line: 'fault'; readonly seq: number; readonly why: string }
