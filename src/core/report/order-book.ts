/**
 * What the shop's cash register has rung up, order by order, against what was paid here. The total of a day hides mistakes that cancel each
 * other, and never says where one lies; two lists side by side name both (idea S1-19).
 */
import { ruleOf } from '../transaction/kinds.ts'
import { countsInBatch, type TransactionRecord } from '../transaction/record.ts'

/** One order of the register. */
export type BookOrder = {
  /** When it was rung up, in milliseconds since 1970. */
  readonly at: number
  /** Below zero: given back. */
  readonly amountMinor: number
  /** The register's own number; empty: none. */
  readonly reference: string
}

/** Neither list is wrong by itself: somebody has to look. Both oldest first. */
export type BookGaps = {
  readonly ordersWithoutPayment: readonly BookOrder[]
  readonly paymentsWithoutOrder: readonly TransactionRecord[]
}

/** A register's clock is set by hand, and a payment ends some minutes after it was rung up. */
const BOOK_WITHIN_MS = 900_000

/**
 * Pairs orders and payments of the same amount within this time, the nearest first. What was corrected counts with its correction: a payment that
 * was voided and its void are none, and a payment with what went back or was collected afterwards counts as what it came to.
 */
export function compareBook(
  book: readonly BookOrder[],
  records: readonly TransactionRecord[],
  withinMs: number = BOOK_WITHIN_MS,
): BookGaps {
  const moved = records.filter(stands)
  const single = moved.map((one): Sum => ({ at: one.at, minor: signed(one), of: [one] }))
  const first = pair(byTime(book), single, withinMs)
  const left = new Set(first.sums.flatMap(({ of }) => of))
  const second = pair(first.orders, together(moved, left), withinMs)
  const gone = new Set(second.sums.flatMap(({ of }) => of))
  const unpaired = moved.filter((one) => gone.has(one))
  return { ordersWithoutPayment: second.orders, paymentsWithoutOrder: byTime(unpaired) }
}

type Sum = {
  readonly at: number
  readonly minor: number
  readonly of: readonly TransactionRecord[]
}
type Unpaired = { readonly orders: readonly BookOrder[]; readonly sums: readonly Sum[] }

/**
 * Among equal amounts those that are nearest in time belong together, the register's clock put right first: where one of several is wrong, it
 * is the one that stays alone.
 */
function pair(book: readonly BookOrder[], sums: readonly Sum[], withinMs: number): Unpaired {
  const aheadMs = clockDifference(book, sums, withinMs)
  const ofAmount = Map.groupBy(sums, ({ minor }) => minor)
  const near = book.flatMap((order) =>
    (ofAmount.get(order.amountMinor) ?? []).flatMap((sum) => {
      const apartMs = Math.abs(sum.at - order.at - aheadMs)
      return Math.abs(sum.at - order.at) <= withinMs ? [{ order, sum, apartMs }] : []
    }),
  )
  const paired = new Set<BookOrder | Sum>()
  for (const { order, sum } of near.toSorted((one, other) => one.apartMs - other.apartMs)) {
    if (paired.has(order) || paired.has(sum)) continue
    paired.add(order).add(sum)
  }
  return {
    orders: book.filter((order) => !paired.has(order)),
    sums: sums.filter((sum) => !paired.has(sum)),
  }
}

/** How much later payments are than their orders in the middle of all; first come, first paired is good enough for that. */
function clockDifference(
  book: readonly BookOrder[],
  sums: readonly Sum[],
  withinMs: number,
): number {
  const waiting = Map.groupBy(byTime(sums), ({ minor }) => minor)
  const apart = byTime(book).flatMap(({ amountMinor, at }) => {
    const near = waiting.get(amountMinor) ?? []
    const index = near.findIndex((sum) => Math.abs(sum.at - at) <= withinMs)
    return index < 0 ? [] : near.splice(index, 1).map((sum) => sum.at - at)
  })
  const sorted = apart.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Payments that are left, each with what followed it and is left too. What comes to nothing needs no order. */
function together(
  moved: readonly TransactionRecord[],
  left: ReadonlySet<TransactionRecord>,
): readonly Sum[] {
  const groups = new Map<string, Group>()
  for (const record of moved) {
    if (!left.has(record)) continue
    const head = headOf(record, groups)
    const known = groups.get(head)
    groups.set(head, known === undefined ? [record] : [...known, record])
  }
  return [...groups.values()].flatMap((of): readonly Sum[] => {
    const minor = of.reduce((sum, one) => sum + signed(one), 0)
    return minor === 0 ? [] : [{ at: of[0].at, minor, of }]
  })
}

/** A payment and what followed it. */
type Group = readonly [TransactionRecord, ...TransactionRecord[]]

/** The payment that this one belongs to, where that is left; else itself. */
function headOf(
  { follows, id, original }: TransactionRecord,
  groups: ReadonlyMap<string, Group>,
): string {
  const named = follows ?? original
  const held = [...groups].find(([, of]) => of.some((one) => one.id === named))
  return held?.[0] ?? id
}

/** A void takes its payment away whole, so neither stands. */
function stands(record: TransactionRecord): boolean {
  if (!countsInBatch(record)) return false
  return record.kind === 'sale' || record.kind === 'completion'
    ? record.closedBy === ''
    : record.kind === 'refund'
}

function signed({ kind, paidMinor }: TransactionRecord): number {
  return ruleOf(kind).direction === 'out' ? 0 - paidMinor : paidMinor
}

function byTime<Timed extends { readonly at: number }>(list: readonly Timed[]): readonly Timed[] {
  return list.toSorted((one, other) => one.at - other.at)
}
