/**
 * Recovery as tables (the idea is TigerBeetle's): whatever a start finds on disk is exactly one row per item, and the row says what the item
 * becomes and what it still owes the world. Two rows that match, or none, are a bug and stop the start before anything leaves.
 */
import type { Message } from '../../message.ts'
import type { Decision } from '../decision.ts'
import type { Effect } from '../effect.ts'
import type { TerminalState } from '../state.ts'

/**
 * When a debt can leave: at once; as soon as a MAC key is there; when the reversal is over; behind sign-on and whatever stands above it in
 * the tables; when the printer is well; when a person has said whether the paper is there.
 */
export type Moment = 'start' | 'keys' | 'reversalOver' | 'signedOn' | 'printerWell' | 'person'

export type Debt = { readonly effect: Effect['do']; readonly after: Moment }

export type Row<Found> = {
  /** What was found, in a technician's words. Unique within its table. */
  readonly name: string
  readonly matches: (found: Found) => boolean
  /** The item made whole again; absent: it stays as it is. `found`: as it lay on disk. */
  readonly wakes?: (woken: Found, found: Found) => Found
  /** What the first page says of it; absent: nothing. */
  readonly tells?: (found: Found) => Message | null
  readonly owes: readonly Debt[]
  /** Sends what can leave at the start itself. */
  readonly leaves?: (woken: Found) => Decision
}

export type Table<Found> = { readonly item: string; readonly rows: readonly Row<Found>[] }

/** A table about the state as a whole: one item of each. */
export type StateTable = Table<TerminalState>

/** The one row that matches. */
export function rowOf<Found>({ item, rows }: Table<Found>, found: Found): Row<Found> {
  const [row, ...others] = rows.filter((one) => one.matches(found))
  if (row === undefined) throw new Error(`recovery of ${item}: no row matches`)
  if (others.length === 0) return row
  const names = [row, ...others].map(({ name }) => name).join(', ')
  throw new Error(`recovery of ${item}: not exactly one row but ${names}`)
}
