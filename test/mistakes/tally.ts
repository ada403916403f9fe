/** What was counted, and how sure one may be of it. */
import { CLASSES, type ErrorClass } from './injector.ts'
import type { ShopKind } from './shops.ts'

export type ClassTally = {
  injected: number
  /** Of those: whoever had all that a terminal can have would have known (`sight.ts`); and how many of them escaped. */
  visible: number
  visibleEscaped: number
  /** Its wrong effect was final at the acquirer when the customer was served. */
  escaped: number
  /** Of those: right at the end of the day. */
  repaired: number
  /** Of those: still wrong, and a line of a list names it. */
  listed: number
  /** Only because the acquirer named who paid. */
  byPayer: number
  /** No line names it; the shop's own total says that something is wrong. */
  byTotal: number
  /** Of those: still wrong, and nothing asks anybody to look. */
  silent: number
}

/** What one kind of shop pays and gets. */
type ShopTally = {
  honestSales: number
  falseAlarms: number
  extraTaps: number
  /** Slips of the finger, blind ones too, and how many of them escaped. */
  slips: number
  escaped: number
}

export type Tally = {
  readonly shops: Readonly<Record<ShopKind, ShopTally>>
  readonly classes: Readonly<Record<ErrorClass, ClassTally>>
  orders: number
  /** Lines that people read when they close the day. */
  listLines: number
  /** Nothing names it, and the list of the register beside the payments does not either; with and without names of payers. */
  silentBesideBook: number
  silentBesideBookUnnamed: number
  /** Each silent one in words, for whoever asks which they are. */
  readonly silentOrders: string[]
  /** Of the silent ones: the total of their day was right to the fen, because mistakes cancelled each other. */
  cancelled: number
  honestSales: number
  /** Honest sales that were asked for more than a look. */
  falseAlarms: number
  /** Taps beyond digits and one confirm, and milliseconds beyond those taps, of each undisturbed honest sale. */
  readonly extraTaps: number[]
  readonly extraMs: number[]
  doubleCharges: number
  wrongPayees: number
  refundsOverRemaining: number
  slipsLost: number
  /** Of the silent ones: the terminal had asked for a look or more, and nothing keeps that. */
  silentThoughDoubted: number
  /** Nobody made a mistake, and the acquirer holds something else than it should. */
  wrongWithoutMistake: number
  /** True orders that could not be done at all. */
  givenUp: number
}

export function emptyTally(): Tally {
  const none = (): ClassTally => ({
    injected: 0,
    visible: 0,
    visibleEscaped: 0,
    escaped: 0,
    repaired: 0,
    listed: 0,
    byPayer: 0,
    byTotal: 0,
    silent: 0,
  })
  const classes: Partial<Record<ErrorClass, ClassTally>> = {}
  for (const name of CLASSES) classes[name] = none()
  const shop = (): ShopTally => ({
    honestSales: 0,
    falseAlarms: 0,
    extraTaps: 0,
    slips: 0,
    escaped: 0,
  })
  return {
    shops: { bakery: shop(), supermarket: shop(), restaurant: shop(), jeweller: shop() },
    classes: isWhole(classes) ? classes : neverHere(),
    orders: 0,
    listLines: 0,
    silentBesideBook: 0,
    silentBesideBookUnnamed: 0,
    silentOrders: [],
    cancelled: 0,
    honestSales: 0,
    falseAlarms: 0,
    extraTaps: [],
    extraMs: [],
    doubleCharges: 0,
    wrongPayees: 0,
    refundsOverRemaining: 0,
    slipsLost: 0,
    silentThoughDoubted: 0,
    wrongWithoutMistake: 0,
    givenUp: 0,
  }
}

function isWhole(
  classes: Partial<Record<ErrorClass, ClassTally>>,
): classes is Record<ErrorClass, ClassTally> {
  return CLASSES.every((name) => classes[name] !== undefined)
}

function neverHere(): never {
  throw new Error('a class of mistakes has no tally')
}

/** 95 % interval of a share after E. B. Wilson (1927); honest at 0 and at few trials. */
export function wilson(
  hits: number,
  trials: number,
): { readonly low: number; readonly high: number } {
  if (trials === 0) return { low: 0, high: 1 }
  const z = 1.96
  const share = hits / trials
  const scale = 1 + (z * z) / trials
  const middle = share + (z * z) / (2 * trials)
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  return {
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  }
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length
}

/** Nearest rank. */
export function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0
}

/** What no cashier's mistake excuses, by name; empty when all is well. */
export function broken(tally: Tally): readonly string[] {
  const mustBeZero = {
    doubleCharges: tally.doubleCharges,
    wrongPayees: tally.wrongPayees,
    refundsOverRemaining: tally.refundsOverRemaining,
    slipsLost: tally.slipsLost,
    wrongWithoutMistake: tally.wrongWithoutMistake,
  }
  return Object.entries(mustBeZero).flatMap(([name, count]) => (count > 0 ? [name] : []))
}
