/**
 * What is true of a reference now: from the order that is under way and from the records that the journal holds. It is the only answer
 * that a till ever gets, before and after a restart, so that it cannot be told two different things.
 */
import { followUps } from '../correction/follow-up.ts'
import { type MinorUnits, minor } from '../money.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { liveOrder } from './live.ts'
import type { ClosedTillOrder } from './wish.ts'

/**
 * `neverSeen`: this terminal holds nothing under it. `waiting`: at the counter, nothing sent. `sent`, `unknown`: do not charge elsewhere.
 * `paid`, `partlyPaid`, `refunded` (a refund that went through), `givenBack` (a sale that was voided or refunded whole). `notPaid`: every
 * attempt ended without money. `withdrawn`: it ended before any attempt did.
 */
export type TillState =
  | 'neverSeen'
  | 'waiting'
  | 'sent'
  | 'unknown'
  | 'paid'
  | 'partlyPaid'
  | 'refunded'
  | 'givenBack'
  | 'notPaid'
  | 'withdrawn'

export type TillStanding = {
  readonly reference: string
  readonly state: TillState
  /** What the approved attempts took (of a refund: gave back), what was due, what has gone back since. */
  readonly paidMinor: MinorUnits
  readonly dueMinor: MinorUnits
  readonly givenBackMinor: MinorUnits
  /** `unknown` outweighs everything: as long as an attempt is out, nobody may say that nothing moved. */
  readonly money: 'notMoved' | 'moved' | 'unknown'
  /** False as long as anything was paid, may have been paid, or is still to be collected here. */
  readonly mayChargeElsewhere: boolean
  readonly attempts: number
  /** The newest record that says something about it; an approved one before any other. */
  readonly record: TransactionRecord | null
  readonly closedBy: ClosedTillOrder['by'] | null
}

/** `records`: those of the journal under this reference, oldest first. */
export function standingOf(
  state: TerminalState,
  reference: string,
  records: readonly TransactionRecord[],
): TillStanding {
  const live = liveOrder(state, reference)
  const own = records.filter((record) => record.tillReference === reference)
  const approved = own.filter(({ outcome }) => outcome === 'approved')
  const standing = approved.filter(({ closedBy }) => closedBy === '')
  const paid = sum(approved.map(({ paidMinor }) => paidMinor))
  const left = sum(standing.map(({ paidMinor, refundedMinor }) => paidMinor - refundedMinor))
  const due = dueOf(approved.length > 0 ? approved : own)
  const closed = (state.tillClosed ?? []).findLast((one) => one.reference === reference)
  const isOut = live !== null && live.phase !== 'waiting'
  const word = live?.phase ?? settled({ own, paid, left, due, closed })
  const isOwed = followUps(state).some((one) => one.tillReference === reference)
  return {
    reference,
    state: word,
    paidMinor: minor(paid),
    dueMinor: due,
    givenBackMinor: minor(paid - left),
    money: isOut ? 'unknown' : paid > 0 ? 'moved' : 'notMoved',
    mayChargeElsewhere: ENDED_WITHOUT_MONEY.includes(word) && !isOwed,
    attempts: own.length,
    record: approved.at(-1) ?? own.at(-1) ?? null,
    closedBy: closed?.by ?? null,
  }
}

/** Nothing stands of it here, and nothing more will come of it here. */
const ENDED_WITHOUT_MONEY: readonly TillState[] = ['neverSeen', 'notPaid', 'withdrawn', 'givenBack']

type Found = {
  readonly own: readonly TransactionRecord[]
  readonly paid: number
  readonly left: number
  readonly due: MinorUnits
  readonly closed: ClosedTillOrder | undefined
}

function settled({ own, paid, left, due, closed }: Found): TillState {
  if (paid > 0 && own.some(({ kind }) => kind === 'refund')) return 'refunded'
  if (paid > 0 && left === 0) return 'givenBack'
  if (paid > 0) return paid < due ? 'partlyPaid' : 'paid'
  if (own.length > 0) return 'notPaid'
  return closed === undefined ? 'neverSeen' : 'withdrawn'
}

/** What the shop was owed: that of the first attempt that took something; what follows it only collects the rest of it. */
function dueOf([first]: readonly TransactionRecord[]): MinorUnits {
  return first?.dueMinor ?? minor(0)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
