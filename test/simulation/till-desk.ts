/** A till beside the terminal: sends orders, sends them twice, takes them back, asks what became of them and believes the answer to the letter. */
import { minor } from '#core/money.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { standingOf } from '#core/till/standing.ts'
import type { TillWish } from '#core/till/wish.ts'
import type { Attempt, Order } from '#core/transaction/attempt.ts'
import type { Disk } from './disk.ts'
import type { Host } from './host.ts'
import { breach } from './interruptions.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { Tell } from './world-parts.ts'

export type TillDesk = {
  readonly open: () => void
  /** No order from now on. */
  readonly close: () => void
  readonly requestLeaves: (attempt: Attempt) => void
  /** What the till asked for under this order; undefined: it never did. */
  readonly meant: (order: Order) => number | undefined
  readonly atRest: () => void
}

type Bill = {
  readonly wish: TillWish
  /** Attempts under its reference, as `<batch>-<stan>`. */
  readonly attempts: Set<string>
  /** The customer paid somewhere else, because the terminal said that this may be. */
  elsewhere: boolean
  /** Somebody at the counter has said that the amount was wrong. */
  corrected: boolean
}

const APART_MS = 90_000
/** How far back a till still asks. */
const ASKED_ABOUT = 3

export function createTillDesk(parts: {
  readonly timeline: Timeline
  readonly random: Random
  readonly disk: Disk
  readonly host: Host
  readonly state: () => TerminalState | null
  readonly voice: () => Tell
}): TillDesk {
  const { disk, host, random, timeline } = parts
  const bills = new Map<string, Bill>()
  const newest: Bill[] = []
  let closed = false

  /** What the host holds of it now: paid and not voided, less what went back. */
  const heldMinor = ({ attempts }: Bill): number => {
    let sum = 0
    for (const id of attempts) {
      const held = host.ledger.get(id)
      if (held?.status === 'approved' && held.closedBy === null)
        sum += held.amountMinor - held.refundedMinor
    }
    return sum
  }
  const standing = (state: TerminalState, reference: string) =>
    standingOf(state, reference, disk.tillRecords(reference))

  /** Whatever the terminal says of an order must be true of the host's books at that moment. */
  const ask = (bill: Bill): void => {
    const state = parts.state()
    if (state === null) return
    const { reference } = bill.wish
    const said = standing(state, reference)
    const held = heldMinor(bill)
    if (said.money !== 'unknown' && held > said.paidMinor - said.givenBackMinor)
      breach(`the till is told ${said.state} of ${reference} and the host holds ${held}`)
    if (said.mayChargeElsewhere && held > 0)
      breach(`${reference} may be charged elsewhere and the host holds ${held}`)
    if (said.state === 'paid' && said.dueMinor !== bill.wish.amountMinor && !bill.corrected)
      breach(`${reference} is called paid with ${said.dueMinor}, ordered ${bill.wish.amountMinor}`)
    if (
      said.state === 'paid' &&
      bill.wish.kind === 'sale' &&
      said.paidMinor < bill.wish.amountMinor
    )
      breach(`${reference} is called paid with ${said.paidMinor} of ${bill.wish.amountMinor}`)
    const gaveUp = said.mayChargeElsewhere && said.state !== 'givenBack' && random.chance(0.2)
    if (gaveUp && bill.wish.kind === 'sale') bill.elsewhere = true
  }

  const send = ({ wish }: Bill): void => {
    const [known, originals] = [disk.tillRecords(wish.reference), disk.tillRecords(wish.of)]
    parts.voice()({ type: 'tillOrdered', wish, known, originals })
  }
  const orderAnew = (kind: TillWish['kind'], of: string, amountMinor: number): void => {
    const reference = `T-${bills.size + 1}`
    const wish: TillWish = { reference, kind, of, amountMinor: minor(amountMinor), lines: [] }
    const bill: Bill = { wish, attempts: new Set(), elsewhere: false, corrected: false }
    bills.set(reference, bill)
    newest.push(bill)
    send(bill)
  }
  const giveBack = ({ wish }: Bill): void => {
    const share = random.pick([0.4, 1])
    orderAnew('refund', wish.reference, Math.max(1, Math.floor(wish.amountMinor * share)))
  }
  const act = (): void => {
    const lately = newest.slice(-ASKED_ABOUT)
    for (const bill of lately) ask(bill)
    const last = lately[random.between(0, Math.max(0, lately.length - 1))]
    const what = random.next()
    if (last === undefined || what < 0.5) orderAnew('sale', '', random.between(2, 200_000))
    else if (what < 0.65 && !last.elsewhere) send(last)
    else if (what < 0.8) parts.voice()({ type: 'tillWithdrew', reference: last.wish.reference })
    else if (last.wish.kind === 'sale') giveBack(last)
  }
  const next = (): void => {
    timeline.after(random.gap(APART_MS), () => {
      if (closed) return
      if (parts.state() !== null) act()
      next()
    })
  }

  return {
    open: next,
    close: () => {
      closed = true
    },
    requestLeaves: ({ batch, order, stan }) => {
      const reference = order.till?.reference
      if (reference === undefined) return
      const bill = bills.get(reference)
      if (bill === undefined) return breach(`${stan} names ${reference}, which no till ordered`)
      if (bill.elsewhere) breach(`${stan} leaves for ${reference}, which was paid elsewhere`)
      const isNew = !bill.attempts.has(`${batch}-${stan}`)
      if (isNew && order.follows === undefined && heldMinor(bill) > 0)
        breach(`${stan} leaves for ${reference}, which is paid already`)
      if (order.follows !== undefined && order.follows.why !== 'rest') bill.corrected = true
      bill.attempts.add(`${batch}-${stan}`)
    },
    meant: ({ follows, till }) =>
      follows === undefined && till !== undefined
        ? bills.get(till.reference)?.wish.amountMinor
        : undefined,
    atRest: () => {
      const state = parts.state()
      for (const bill of bills.values()) {
        const { amountMinor, kind, reference } = bill.wish
        ask(bill)
        const held = heldMinor(bill)
        if (kind === 'sale' && held > amountMinor && !bill.corrected)
          breach(`the host holds ${held} of ${reference}, ordered ${amountMinor}`)
        if (bill.elsewhere && held > 0) breach(`${reference} was paid here and elsewhere`)
        if (state === null) continue
        const { givenBackMinor, money, paidMinor } = standing(state, reference)
        if (money === 'unknown' || paidMinor - givenBackMinor !== held)
          breach(
            `the till is told ${paidMinor} less ${givenBackMinor} of ${reference}, ${held} is held`,
          )
      }
    },
  }
}
