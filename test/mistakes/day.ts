/** One day of one shop on one terminal: orders served, mistakes made, some noticed and mended, and everything compared with the acquirer at night. */
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { CodeTable } from '#qr/code-table.ts'
import { createRandom } from '../simulation/random.ts'
import { type Books, createBooks, payerOf } from './books.ts'
import { keyTotal, orderBookMinor } from './closing.ts'
import { createCustomers, noticesOnSlip } from './customer.ts'
import type { Planned } from './day-script.ts'
import { createHands, type Hands, TAP_MS } from './hands.ts'
import { isWrong, judgeNight } from './night.ts'
import { createRepairs } from './repair.ts'
import { serve } from './serve.ts'
import type { ServedOrder } from './served-order.ts'
import { HOLDING, type Shop } from './shops.ts'
import type { Sight } from './sight.ts'
import { keysOf } from './slips-of-the-finger.ts'
import type { Tally } from './tally.ts'
import type { Aim, Served } from './task.ts'
import { plain, rightTask, taskOf } from './tasks.ts'
import { setupOf, type Variant } from './variants.ts'
import { createWorld, type Past, type World } from './world.ts'

export type DayOptions = {
  readonly shop: Shop
  readonly seed: number
  readonly variant: Variant
  readonly script: readonly Planned[]
  readonly past: Past
  readonly table: CodeTable
  readonly tally: Tally
  readonly sight: Sight
}

/** Boundaries that a sale passes at most; where in it the power goes. */
const CUT_PLACES = 14
/** A cashier whom the terminal asks to compare the code of this customer's phone does so this often. A guess. */
const HEEDS_WARNING = 0.5
/** Paper, debts and slips come to rest. */
const CLOSING_MS = 900_000

export function runDay(options: DayOptions): void {
  const { shop, seed, variant, script, tally } = options
  const random = createRandom(seed + 1)
  let current = -1
  const books: Books = createBooks(() => world.host)
  const world: World = createWorld({
    setup: setupOf(variant, HOLDING.includes(shop.kind)),
    seed: seed + 2,
    table: options.table,
    past: options.past,
    onRequest: (attempt) => books.requestLeaves(attempt, current),
  })
  const hands = createHands(world)
  const customers = createCustomers(world, hands)
  const repairs = createRepairs(world, hands, customers)
  const counts = random.chance(shop.countsBills)
  /** Record of each order that the cashier believes to be right. */
  const records = new Map<number, string>()
  const served: ServedOrder[] = []

  /** Approved for this order, standing, and not what was meant. */
  const wrongRecords = ({ order }: Planned): readonly TransactionRecord[] =>
    books.idsOf(order.index).flatMap((id) => {
      const record = world.disk.records.get(id)
      if (record?.outcome !== 'approved' || record.closedBy !== '') return []
      const isOwn = record.original === '' || record.kind === 'refund'
      return isOwn && !isWhatWasMeant(record, order) ? [record] : []
    })
  const again = (planned: Planned): boolean =>
    serve(world, hands, random, rightTask(planned, records, world, customers.paysRight)).record !==
    null

  opened(world, hands)
  for (const planned of script) {
    const { order } = planned
    const task = taskOf(planned, { variant, records, world, customers })
    if (task === null) continue
    current = order.index
    const wait = order.atMs - world.timeline.monotonicMs()
    if (wait > 0) hands.pass(wait)
    strike(world, planned)
    const rungAt = world.timeline.wallMs()
    const outcome = serve(world, hands, random, task)
    world.faults.calm()
    if (outcome.record !== null) records.set(order.index, outcome.record)
    const { record, level } = outcome
    const one: ServedOrder = {
      planned,
      rungAt,
      done: record !== null,
      level,
      escaped: false,
    }
    served.push(one)
    count(options, one, outcome)
    one.escaped = isWrong(books, one)
    if (planned.mistake?.slip != null) {
      tally.shops[shop.kind].slips += 1
      if (one.escaped) tally.shops[shop.kind].escaped += 1
    }
    const heeds = variant.looks && outcome.warned && random.chance(HEEDS_WARNING)
    if (one.escaped && (noticesOnSlip(planned, books.effectOf(order.index), random) || heeds)) {
      const anew = repairs.atOnce(order, wrongRecords(planned))
      one.done = (anew && again(planned)) || one.done
    }
  }
  for (const one of served) {
    if (!counts || !one.escaped || !isWrong(books, one)) continue
    const { planned } = one
    current = planned.order.index
    repairs.atNight(planned.order, wrongRecords(planned), (record, differenceMinor) => {
      const keys = keysOf(differenceMinor)
      const aim: Aim = { does: 'refund', keys, voucher: String(Number(record.stan)) }
      serve(world, hands, random, {
        ...plain(aim, differenceMinor),
        slipKeys: keysOf(record.paidMinor),
        present: () => undefined,
      })
    })
  }
  hands.pass(CLOSING_MS)
  if (variant.guarded) keyTotal(world, hands, orderBookMinor(served))
  judgeNight(tally, { world, books, served, variant, sight: options.sight })
}

/** Signed in, signed on, ready to sell. */
function opened(world: World, hands: Hands): void {
  world.process.powerOn()
  for (;;) {
    const state = world.process.state()
    if (state?.step.kind === 'amount' && state.link === 'up') return
    if (state === null || !hands.seesTo(state)) hands.pass(500)
  }
}

/** What fate has in store while this order is served. */
function strike({ faults }: World, { mistake, answerLost }: Planned): void {
  if (answerLost || mistake?.error === 'repeatAfterTimeout') faults.arm('dropReply')
  if (mistake?.error !== 'leavesOrCut') return
  const place = Math.floor(mistake.where * CUT_PLACES)
  if (mistake.luck < 0.2) faults.arm('cutAfterCommit', place)
  else if (mistake.luck < 0.4) faults.arm('cutBeforeCommit', place)
  else if (mistake.luck < 0.6) faults.arm('cutBetweenEffects', place * 2)
  else if (mistake.luck < 0.8) faults.arm(mistake.which < 0.5 ? 'paperOut' : 'cutMidSlip')
}

function isWhatWasMeant(record: TransactionRecord, order: Planned['order']): boolean {
  const right =
    record.kind === order.kind || (record.kind === 'completion' && order.kind === 'sale')
  return (
    right && record.paidMinor === order.amountMinor && payerOf(record.fingerprint) === order.payer
  )
}

function count(
  { tally, shop, sight }: DayOptions,
  { planned, done }: ServedOrder,
  outcome: Served,
): void {
  const { order, mistake, answerLost } = planned
  tally.orders += 1
  if (!done) tally.givenUp += 1
  if (mistake !== null) {
    const counted = tally.classes[mistake.error]
    counted.injected += 1
    if (sight(planned)) counted.visible += 1
  }
  if (mistake !== null || order.kind !== 'sale' || answerLost) return
  const here = tally.shops[shop.kind]
  tally.honestSales += 1
  here.honestSales += 1
  if (outcome.level > 1) {
    tally.falseAlarms += 1
    here.falseAlarms += 1
  }
  if (outcome.entry === null) return
  const least = keysOf(order.amountMinor).length + 1
  const extraTaps = outcome.entry.taps - least
  here.extraTaps += extraTaps
  tally.extraTaps.push(extraTaps)
  tally.extraMs.push(outcome.entry.ms - least * TAP_MS)
}
