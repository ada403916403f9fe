/**
 * How hard an amount is looked at before the customer may present: the more it differs from what this shop takes, the more is asked.
 * Honest sales pay nothing; a factor of ten in a regular shop does not get through unseen.
 */
import { type MinorUnits, minor } from '../money.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { AmountCheck, AmountReason } from './amount-verdict.ts'
import { type PriceMemory, rarityOf } from './price-memory.ts'
import { type SalesHistory, type Standing, standingOf } from './sales-history.ts'

/** What the merchant can set. Nothing of it can take the confirmation itself away (idea S0-13). */
export type AmountGuard = {
  /** Fewer past sales than this say nothing about what is usual. */
  readonly enoughSales: number
  /** In thousandths of past sales. Fewer at or below, or at or above, than this: unusual; the amount is keyed again. */
  readonly unusualBelow: number
  readonly unusualAbove: number
  /** The same for amounts near the edge: time to look. */
  readonly edgeBelow: number
  readonly edgeAbove: number
  /** The same for amounts that this shop has never taken, or that end on digits on which its prices never end. Absent: nothing is asked. */
  readonly unknownBelow?: number
  /** Above this a second person allows the sale; null: never. */
  readonly secondPersonAboveMinor: MinorUnits | null
  /** After a sale above this the result asks whether the amount is right, with the correction beside it (idea S0-8). Absent or null: never. */
  readonly askRightAboveMinor?: MinorUnits | null
  /** At level 1 and higher the confirm key counts only after the amount has stood for so long. */
  readonly lookMs: number
  /** `unusual`: an amount like this shop's others is confirmed where it was typed; without it every amount has a page of its own. */
  readonly pageFor?: 'every' | 'unusual'
}

/** A run of equal digits this long is looked at. */
const SAME_DIGITS = /(\d)\1\1/
const FAR_FACTOR = 10
/** More corrections than this within ten minutes, and everything is looked at one level harder for a quarter of an hour (idea S1-25). */
const CORRECTIONS = 3
const CORRECTIONS_WITHIN_MS = 600_000
const HARDER_FOR_MS = 900_000

const UNUSUAL: ReadonlySet<AmountReason> = new Set([
  'unusuallyLow',
  'unusuallyHigh',
  'pointLost',
  'newPrice',
  'newEnding',
])

export type Sought = {
  readonly amountMinor: MinorUnits
  readonly at: number
  readonly operator: string
  readonly history: SalesHistory
  readonly prices: PriceMemory
  /** Newest last. */
  readonly recent: readonly TransactionRecord[]
}

export function checkAmount(guard: AmountGuard, sought: Sought): AmountCheck {
  const { amountMinor } = sought
  const standing = standingOf(sought.history, amountMinor, sought.at, guard.enoughSales)
  const reasons: AmountReason[] = []
  if (standing.sales >= guard.enoughSales) reasons.push(...judge(guard, sought, standing))
  reasons.push(...judgePrice(guard, sought))
  if (SAME_DIGITS.test(String(Math.floor(amountMinor / 100)))) reasons.push('sameDigits')
  if (isFarFromLast(sought)) reasons.push('farFromLast')
  const wanted = reasons.some(isUnusual) ? 2 : reasons.length > 0 ? 1 : 0
  const harder = manyCorrections(sought)
  if (harder) reasons.push('manyCorrections')
  const limit = guard.secondPersonAboveMinor
  if (limit !== null && amountMinor > limit)
    return { level: 3, reasons: [...reasons, 'aboveLimit'] }
  return { level: harder ? (wanted === 0 ? 1 : 2) : wanted, reasons }
}

function isUnusual(reason: AmountReason): boolean {
  return UNUSUAL.has(reason)
}

function judge(guard: AmountGuard, sought: Sought, standing: Standing): AmountReason[] {
  const low = standing.atMost < guard.unusualBelow
  const high = standing.atLeast < guard.unusualAbove
  if (!low && !high)
    return standing.atMost < guard.edgeBelow || standing.atLeast < guard.edgeAbove
      ? ['nearEdge']
      : []
  const meant = low ? sought.amountMinor * 100 : Math.floor(sought.amountMinor / 100)
  const usual = standingOf(sought.history, minor(meant), sought.at, guard.enoughSales)
  const isMixUp = usual.atMost >= guard.edgeBelow && usual.atLeast >= guard.edgeAbove
  return [low ? 'unusuallyLow' : 'unusuallyHigh', ...(isMixUp ? (['pointLost'] as const) : [])]
}

/** Its last digits count: whole yuan are not enough when it is keyed again. */
export function isNewHere({ reasons }: AmountCheck): boolean {
  return reasons.includes('newPrice') || reasons.includes('newEnding')
}

function judgePrice(
  { enoughSales, unknownBelow = 0 }: AmountGuard,
  { amountMinor, prices }: Sought,
): AmountReason[] {
  const { amount, ending, sales } = rarityOf(prices, amountMinor)
  // Fewer sales than one in so many say nothing of what happens less often; of a share of none nothing is asked.
  if (sales < Math.max(enoughSales, 1_000 / unknownBelow)) return []
  if (amount < unknownBelow) return ['newPrice']
  return ending < unknownBelow ? ['newEnding'] : []
}

function isFarFromLast({ recent, operator, amountMinor }: Sought): boolean {
  const last = recent.findLast((one) => one.kind === 'sale' && one.operator === operator)
  if (last === undefined) return false
  return amountMinor >= last.dueMinor * FAR_FACTOR || amountMinor * FAR_FACTOR <= last.dueMinor
}

function manyCorrections({ recent, at }: Sought): boolean {
  const times = recent
    .filter((one) => one.outcome === 'approved' && (one.kind === 'void' || one.kind === 'refund'))
    .map((one) => one.at)
  return times.some((time, index) => {
    const first = times[index - CORRECTIONS] ?? Number.NEGATIVE_INFINITY
    return at - time <= HARDER_FOR_MS && time - first <= CORRECTIONS_WITHIN_MS
  })
}
