/** Chance for the simulation: one stream per seed, so that a seed and a commit replay every step of it. */

export type Random = {
  /** 0 ≤ value < 1. */
  readonly next: () => number
  readonly chance: (probability: number) => boolean
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item
  /** Exponential with the given mean: the gaps between independent happenings. */
  readonly gap: (mean: number) => number
}

/** Numbers drawn before the first is used, so that neighboring seeds part company. */
const WARM_UP = 12

/** sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, fast in 32-bit integers. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = seed | 0
  let c = Math.floor(seed / 2 ** 32) | 0
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let drawn = 0; drawn < WARM_UP; drawn++) next()
  return {
    next,
    chance: (probability) => probability > 0 && next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    gap: (mean) => -Math.log(1 - next()) * mean,
  }
}
