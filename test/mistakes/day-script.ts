/** The true orders of one day and the mistakes that go with them: the same for every terminal that is compared. */
import { createRandom, type Random } from '../simulation/random.ts'
import { drawMistake, type Mistake, needs } from './injector.ts'
import { arrivals, HOLDING, OPENS_AT, type Shop } from './shops.ts'

export type TrueOrder = {
  readonly index: number
  readonly kind: 'sale' | 'refund' | 'preAuth'
  readonly amountMinor: number
  /** Who is at the counter; each customer comes once, and a second time for a refund. */
  readonly payer: string
  readonly tender: 'card' | 'code'
  /** Milliseconds after opening. */
  readonly atMs: number
  /** Index of the sale that is refunded; null for others. */
  readonly refundOf: number | null
  /** What that sale came to; 0 for others. */
  readonly soldMinor: number
}

export type Planned = {
  readonly order: TrueOrder
  readonly mistake: Mistake | null
  /** An answer of the acquirer is lost although nobody makes a mistake. */
  readonly answerLost: boolean
  /** Chance that this customer notices a wrong amount: hurried, normal, careful. */
  readonly attention: number
  /** This one looks at the display when it is below the chance, 0 ≤ value < 1: the same eyes in front of every terminal. */
  readonly look: number
}

/** Share of orders with a mistake of somebody. Far above life, so that each class is seen often; every figure is a share of its own class. */
const MISTAKES = 0.2
const REFUNDS = 0.03
const HOLDS = 0.02
const CODES = 0.7
const LOST_ANSWERS = 0.01
const PART_REFUND = 0.4
const ATTENTIONS = [0.3, 0.6, 0.9] as const
/** Somebody who comes within this time stands in the queue already. */
const QUEUE_MS = 300_000
const HOUR_MS = 3_600_000

export function dayScript(shop: Shop, seed: number): readonly Planned[] {
  const random = createRandom(seed)
  const eyes = createRandom(seed + 3)
  const planned: Planned[] = []
  const times = arrivals(shop, random)
  for (const [index, atMs] of times.entries()) {
    const inQueue = planned.at(-1)?.mistake?.error === 'nextPhone'
    const drawn = drawMistake(random, MISTAKES)
    const nextMs = (times[index + 1] ?? Number.POSITIVE_INFINITY) - atMs
    const mistake = drawn !== null && isPossible(drawn, inQueue, nextMs) ? drawn : null
    const order = trueOrder(shop, random, { index, atMs, mistake, planned, inQueue })
    const fits = mistake === null || order.kind === needs(mistake.error).kind
    planned.push({
      order,
      mistake: fits ? mistake : null,
      answerLost: mistake === null && random.chance(LOST_ANSWERS),
      attention: random.pick(ATTENTIONS),
      look: eyes.next(),
    })
  }
  return planned
}

/** The next customer's phone needs a next customer in the queue, who then pays by it. */
function isPossible({ error }: Mistake, inQueue: boolean, nextMs: number): boolean {
  if (error === 'nextPhone' && nextMs > QUEUE_MS) return false
  const { kind, tender } = needs(error)
  return !inQueue || (kind === 'sale' && tender !== 'card')
}

type Context = {
  readonly index: number
  readonly atMs: number
  readonly mistake: Mistake | null
  readonly planned: readonly Planned[]
  /** Stood in the queue behind the customer before, phone in hand. */
  readonly inQueue: boolean
}

function trueOrder(shop: Shop, random: Random, context: Context): TrueOrder {
  const { index, atMs, mistake, planned, inQueue } = context
  const own = mistake === null ? null : needs(mistake.error)
  const wanted = inQueue ? ({ kind: 'sale', tender: 'code' } as const) : own
  const price = shop.price(random, OPENS_AT + Math.floor(atMs / HOUR_MS))
  const drawn = random.next()
  const tender = wanted?.tender ?? (random.chance(CODES) ? 'code' : 'card')
  const payer = `P${index}`
  const base = { index, atMs, amountMinor: price, refundOf: null, soldMinor: 0 }
  const holds = HOLDING.includes(shop.kind) ? HOLDS : 0
  const kind =
    wanted?.kind ?? (drawn < REFUNDS ? 'refund' : drawn < REFUNDS + holds ? 'preAuth' : 'sale')
  if (kind === 'refund') {
    const sold = anHonestSale(random, planned, wanted?.tender)
    if (sold !== null) {
      const part = random.chance(PART_REFUND) && sold.amountMinor >= 200
      const amountMinor = part ? Math.floor(sold.amountMinor / 200) * 100 : sold.amountMinor
      return {
        ...sold,
        ...base,
        kind,
        amountMinor,
        refundOf: sold.index,
        soldMinor: sold.amountMinor,
      }
    }
  }
  if (kind === 'preAuth') return { ...base, kind, payer, tender: 'card' }
  return { ...base, kind: 'sale', payer, tender }
}

/** One of the last sales without a mistake and not refunded yet; null when there is none. */
function anHonestSale(
  random: Random,
  planned: readonly Planned[],
  tender: 'card' | 'code' | undefined,
): TrueOrder | null {
  const refunded = new Set(planned.map(({ order }) => order.refundOf))
  const fit = planned.filter(
    ({ order, mistake }) =>
      mistake === null &&
      order.kind === 'sale' &&
      !refunded.has(order.index) &&
      (tender === undefined || order.tender === tender),
  )
  return fit.at(-random.between(1, Math.max(1, Math.min(15, fit.length))))?.order ?? null
}
