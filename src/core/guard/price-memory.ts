/**
 * Which amounts this shop takes, and on which digits they end: a bakery has thirty prices, a jeweller's end in 0 or 8, and a swapped or
 * neighbouring digit there makes an amount that was never taken before. A shop whose amounts do not repeat learns nothing here and is
 * asked nothing.
 */
import type { MinorUnits } from '../money.ts'

export type PriceMemory = { readonly amounts: Seen; readonly endings: Seen }

/** `often`: `[value, sales]` in the order in which they were first seen; `rest`: sales whose value is not kept. */
type Seen = { readonly often: readonly (readonly [number, number])[]; readonly rest: number }

export const NO_PRICES: PriceMemory = {
  amounts: { often: [], rest: 0 },
  endings: { often: [], rest: 0 },
}

/** More different ones than this are no price list. */
const AMOUNTS_LIMIT = 160
const ENDINGS_LIMIT = 40
/** Last digit of the yuan, and the fen. */
const ENDING = 1_000
/** At so many sales all counts are halved: old prices fade, as in the history of amounts. */
const FADE_AT = 2_000

/** The memory with one more paid sale. */
export function withPrice(prices: PriceMemory, amountMinor: MinorUnits): PriceMemory {
  return {
    amounts: seenAgain(prices.amounts, amountMinor, AMOUNTS_LIMIT),
    endings: seenAgain(prices.endings, amountMinor % ENDING, ENDINGS_LIMIT),
  }
}

/**
 * How often this shop takes amounts as rare as this one, and amounts that end as rarely, in thousandths of past sales. Of something never seen that
 * is the share of what was seen once: the estimate of Good and Turing (1953) for the next new one, so a shop with new amounts every day is
 * not disturbed. `sales`: what it is worth.
 */
export function rarityOf(
  { amounts, endings }: PriceMemory,
  amountMinor: MinorUnits,
): { readonly sales: number; readonly amount: number; readonly ending: number } {
  return {
    sales: salesOf(amounts),
    amount: asRareAs(amounts, amountMinor),
    ending: asRareAs(endings, amountMinor % ENDING),
  }
}

function asRareAs(seen: Seen, value: number): number {
  const sales = salesOf(seen)
  if (sales === 0) return 1_000
  const counted = (seen.often.find(([one]) => one === value)?.[1] ?? 0) + 1
  const rare = seen.often.reduce(
    (sum, [, times]) => sum + (times <= counted ? times : 0),
    seen.rest,
  )
  return Math.floor((rare * 1_000) / sales)
}

function salesOf({ often, rest }: Seen): number {
  return often.reduce((sum, [, times]) => sum + times, rest)
}

/** Too many different ones: nothing is kept but how many sales that were, until they fade and all begins anew. */
function seenAgain(seen: Seen, value: number, limit: number): Seen {
  const kept = salesOf(seen) >= FADE_AT ? faded(seen) : seen
  const { often, rest } = kept
  if (often.length === 0 && rest > 0) return { often, rest: rest + 1 }
  const isKnown = often.some(([one]) => one === value)
  if (!isKnown && often.length === limit) return { often: [], rest: salesOf(kept) + 1 }
  const counted = often.map(([one, times]) => [one, one === value ? times + 1 : times] as const)
  return { often: isKnown ? counted : [...often, [value, 1]], rest }
}

/** What was seen once only is not kept by name; a price list that never was one begins anew. */
function faded({ often, rest }: Seen): Seen {
  const kept = often.flatMap(([one, times]): readonly (readonly [number, number])[] =>
    times < 2 ? [] : [[one, Math.floor(times / 2)]],
  )
  if (kept.length === 0) return { often: [], rest: 0 }
  return {
    often: kept,
    rest: Math.floor((rest + often.filter(([, times]) => times < 2).length) / 2),
  }
}
