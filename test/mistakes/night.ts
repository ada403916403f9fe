/** The end of the day: what is still wrong, whether anything asks to be looked at, and the figures that must be zero. */

import { isOpen } from '#core/receipt/slip-job.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Books, isSame, wantedOf } from './books.ts'
import { orderBook } from './closing.ts'
import { listsOf } from './lists.ts'
import type { ServedOrder } from './served-order.ts'
import type { Sight } from './sight.ts'
import type { Tally } from './tally.ts'
import type { Variant } from './variants.ts'
import type { World } from './world.ts'

export type Night = {
  readonly world: World
  readonly books: Books
  readonly served: readonly ServedOrder[]
  readonly variant: Variant
  readonly sight: Sight
}

/** What was not done must not have moved anything. */
export function isWrong(books: Books, { planned, done }: ServedOrder): boolean {
  const wanted = done ? wantedOf(planned.order) : new Map<string, number>()
  return !isSame(books.effectOf(planned.order.index), wanted)
}

export function judgeNight(tally: Tally, night: Night): void {
  const { world, books, served, variant, sight } = night
  const { disk, host, scanner } = world
  const state = world.process.state() ?? disk.state()
  if (state === null) throw new Error('nothing is left of the day')
  const lists = listsOf(world, state, { variant, book: orderBook(served) })
  tally.listLines += lists.lines
  for (const one of served) {
    const { order, mistake } = one.planned
    if (books.chargesOf(order.index) > 1) tally.doubleCharges += 1
    const wrong = isWrong(books, one)
    if (mistake === null) {
      if (one.escaped || wrong) tally.wrongWithoutMistake += 1
      continue
    }
    const counted = tally.classes[mistake.error]
    if (!one.escaped && !wrong) continue
    counted.escaped += 1
    if (sight(one.planned)) counted.visibleEscaped += 1
    if (!wrong) {
      counted.repaired += 1
      continue
    }
    const shifts = shiftsTotal(books, one)
    const ids = books.idsOf(order.index)
    const listing = lists.listingOf(ids, shifts)
    counted[listing] += 1
    if (listing !== 'listed' && !lists.bookNames(String(order.index), ids)) {
      if (listing !== 'byPayer') tally.silentBesideBook += 1
      tally.silentBesideBookUnnamed += 1
    }
    if (listing === 'silent' && variant.guarded) tally.silentOrders.push(tellSilent(night, one))
    if (listing === 'silent' && one.level > 0) tally.silentThoughDoubted += 1
    if (listing === 'silent' && shifts && variant.guarded) tally.cancelled += 1
  }
  tally.wrongPayees += scanner.wronglyTaken()
  for (const held of host.ledger.values())
    if (held.refundedMinor > held.amountMinor) tally.refundsOverRemaining += 1
  tally.slipsLost += lostSlips(world, state)
}

/** Wanted and done, by payer. */
function tellSilent({ books, world }: Night, { planned, done, level }: ServedOrder): string {
  const { order, mistake } = planned
  const told = (effect: ReadonlyMap<string, number>): string =>
    [...effect].map(([payer, sum]) => `${payer} ${sum}`).join(', ')
  const records = books.idsOf(order.index).flatMap((id) => {
    const record = world.disk.records.get(id)
    return record === undefined
      ? []
      : [
          `${id} ${record.kind} ${record.outcome} ${record.paidMinor} ${record.channel} closedBy=${record.closedBy}`,
        ]
  })
  return `order ${order.index} ${order.kind} ${order.tender} ${mistake?.error} at ${order.atMs} level ${level} done ${done}: wanted ${told(wantedOf(order))}; is ${told(books.effectOf(order.index))}; ${records.join(' | ')}`
}

/** A hold is no money of the day. */
function shiftsTotal(books: Books, { planned, done }: ServedOrder): boolean {
  const sum = (effect: ReadonlyMap<string, number>): number =>
    [...effect].reduce((all, [payer, one]) => (payer.startsWith('hold:') ? all : all + one), 0)
  const wanted = done ? wantedOf(planned.order) : new Map<string, number>()
  return sum(books.effectOf(planned.order.index)) !== sum(wanted)
}

/** Copies of approved transactions that are neither whole on paper nor still owed. */
function lostSlips({ disk, printer }: World, { setup, slips }: TerminalState): number {
  const safe = new Set<string>()
  for (const { slip, complete } of printer.paper)
    if (complete) safe.add(`${slip.facts.batch}-${slip.facts.trace} ${slip.copy}`)
  for (const job of slips) if (isOpen(job)) safe.add(`${job.record} ${job.slip.copy}`)
  return [...disk.records.values()]
    .filter(({ outcome }) => outcome === 'approved')
    .flatMap(({ id }) => setup.slips.copies.filter((copy) => !safe.has(`${id} ${copy}`))).length
}
