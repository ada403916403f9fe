/**
 * Whether a wrong payment stands anywhere that somebody will look at when the day is closed. Ours is asked for its own list of exceptions,
 * made from what is on its disk, and for the shop's own total. A plain terminal has the open list and marks on records, and nothing else.
 */
import { shopTotals } from '#core/batch/decide-shop-total.ts'
import { totalDifference } from '#core/batch/shop-total.ts'
import { openItems } from '#core/counter/open-items.ts'
import { exceptionsOf } from '#core/report/exceptions.ts'
import { NO_NOTES, type Notes } from '#core/report/note.ts'
import { type BookOrder, compareBook } from '#core/report/order-book.ts'
import { takeNotes } from '#core/report/take-notes.ts'
import { decide } from '#core/terminal/decide.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Variant } from './variants.ts'
import type { World } from './world.ts'

/**
 * `listed`: a line names it. `byPayer`: a line names it because the acquirer named who paid. `byTotal`: no line names it, it changes the sum of
 * the day, and the shop's own total says that something is wrong. `silent`: nothing asks anybody to look.
 */
type Listing = 'listed' | 'byPayer' | 'byTotal' | 'silent'

export type Lists = {
  /** `ids`: of the requests of one order. `shiftsTotal`: its mistake changes the sum of the day. */
  readonly listingOf: (ids: readonly string[], shiftsTotal: boolean) => Listing
  /** Whether the register's own list, beside the payments, names the order of this reference or one of these requests. */
  readonly bookNames: (reference: string, ids: readonly string[]) => boolean
  /** Lines that people have to read. */
  readonly lines: number
}

/** `book`: what the register rang up. */
export function listsOf(
  world: World,
  state: TerminalState,
  day: { readonly variant: Variant; readonly book: readonly BookOrder[] },
): Lists {
  return day.variant.guarded ? ownLists(world, state, day.book) : plainLists(world, state)
}

/** A plain line in the list of records or in a sum does not count, however wrong its amount is: nothing about it asks to be looked at. */
function plainLists({ disk }: World, state: TerminalState): Lists {
  const items = openItems(state)
  return {
    lines: items.length,
    bookNames: () => false,
    listingOf: (ids) => {
      const isOpen = items.some(({ id }) => ids.some((one) => id.startsWith(one)))
      return isOpen || ids.some((id) => isMarked(disk.records.get(id))) ? 'listed' : 'silent'
    },
  }
}

/** Corrected, given back or corrected by something: whoever reads the record reads that it was not a plain payment. */
function isMarked(record: TransactionRecord | undefined): boolean {
  if (record?.outcome !== 'approved') return false
  return record.closedBy !== '' || record.refundedMinor > 0 || record.cause !== undefined
}

function ownLists(world: World, state: TerminalState, book: readonly BookOrder[]): Lists {
  const notes = notesOf(world).list
  const records = [...world.disk.records.values()].toSorted((one, other) => one.at - other.at)
  const unnamed = records.map(({ payer: _payer, ...record }) => record)
  const about = (of: readonly TransactionRecord[]) => {
    const lines = exceptionsOf({ records: of, earlierHolds: [], notes, state })
    return { lines, ids: new Set(lines.flatMap((line) => line.about)) }
  }
  const [named, plain] = [about(records), about(unnamed)]
  const beside = compareBook(book, records)
  const without = new Set([
    ...beside.ordersWithoutPayment.map(({ reference }) => reference),
    ...beside.paymentsWithoutOrder.map(({ id }) => id),
  ])
  const differs = shopTotals(state).some((total) => totalDifference(total) !== 0)
  return {
    lines: named.lines.length,
    bookNames: (reference, ids) => [reference, ...ids].some((one) => without.has(one)),
    listingOf: (ids, shiftsTotal) => {
      if (ids.some((id) => plain.ids.has(id))) return 'listed'
      if (ids.some((id) => named.ids.has(id))) return 'byPayer'
      return differs && shiftsTotal ? 'byTotal' : 'silent'
    },
  }
}

/** The journal read again, as the report reads it. */
function notesOf({ first, journal }: World): Notes {
  let notes = NO_NOTES
  let state = first
  for (const { event } of journal()) {
    const before = state
    state = decide(before, event).state
    notes = takeNotes(notes, { before, event, after: state })
  }
  return notes
}
