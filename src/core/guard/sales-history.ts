/**
 * What this shop usually takes, by part of the day: how many past sales fell into each class of amounts. A class is the first two
 * digits in steps of five, eighteen to a factor of ten, so that the whole memory is a few hundred numbers and the state stays small.
 */
import type { MinorUnits } from '../money.ts'

/** `[class, sales]`, ascending by class. */
type Histogram = readonly (readonly [number, number])[]

/** One histogram for each part of the day; see `partOfDay`. */
export type SalesHistory = readonly Histogram[]

export const NO_HISTORY: SalesHistory = [[], [], [], []]

/** When one part of the day has seen so many, all its counts are halved: old habits fade. */
const FADE_AT = 2000
const DAY_MS = 86_400_000
/** China's one time zone. */
const OFFSET_MS = 8 * 3_600_000
const HOUR_MS = 3_600_000

/** Where one amount stands among the past sales, in thousandths of them; `sales` says how much that is worth. */
export type Standing = {
  readonly sales: number
  /** Past sales of the same class or lower. */
  readonly atMost: number
  /** Past sales of the same class or higher. */
  readonly atLeast: number
}

/** The history with one more sale at `at` (milliseconds since 1970). */
export function withSale(history: SalesHistory, amountMinor: MinorUnits, at: number): SalesHistory {
  const part = partOfDay(at)
  return history.map((histogram, index) =>
    index === part ? faded(counted(histogram, classOf(amountMinor))) : histogram,
  )
}

/** Compares with this part of the day when it has seen `enough` sales, else with the whole day. */
export function standingOf(
  history: SalesHistory,
  amountMinor: MinorUnits,
  at: number,
  enough: number,
): Standing {
  const part = history[partOfDay(at)] ?? []
  const seen = total(part) >= enough ? [part] : history
  const own = classOf(amountMinor)
  const sales = sum(seen, () => true)
  const thousandths = (count: number) => (sales === 0 ? 0 : Math.floor((count * 1000) / sales))
  return {
    sales,
    atMost: thousandths(sum(seen, (one) => one <= own)),
    atLeast: thousandths(sum(seen, (one) => one >= own)),
  }
}

/** 0 night and morning to 11, 1 midday to 14, 2 afternoon to 17, 3 evening to 24, in China. */
function partOfDay(at: number): number {
  const hour = Math.floor(((((at + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS)
  return hour < 11 ? 0 : hour < 14 ? 1 : hour < 17 ? 2 : 3
}

/** Eighteen classes to a factor of ten: 10–14, 15–19, … 95–99, by the first two digits. */
function classOf(amountMinor: MinorUnits): number {
  let leading = amountMinor * 10
  let decade = 0
  while (leading >= 100) {
    leading = Math.floor(leading / 10)
    decade += 1
  }
  return decade * 18 + Math.max(0, Math.floor((leading - 10) / 5))
}

function counted(histogram: Histogram, own: number): Histogram {
  if (histogram.some(([one]) => one === own))
    return histogram.map(([one, sales]) => [one, one === own ? sales + 1 : sales])
  const index = histogram.findIndex(([one]) => one > own)
  return histogram.toSpliced(index === -1 ? histogram.length : index, 0, [own, 1])
}

function faded(histogram: Histogram): Histogram {
  if (total(histogram) < FADE_AT) return histogram
  return histogram.flatMap(([one, sales]) => (sales < 2 ? [] : [[one, Math.floor(sales / 2)]]))
}

function total(histogram: Histogram): number {
  return sum([histogram], () => true)
}

function sum(histograms: readonly Histogram[], counts: (one: number) => boolean): number {
  let found = 0
  for (const histogram of histograms)
    for (const [one, sales] of histogram) if (counts(one)) found += sales
  return found
}
