/** Four kinds of shops: what things cost there, when people come, whether somebody counts the bills at night. */
import type { Random } from '../simulation/random.ts'

export type ShopKind = 'bakery' | 'supermarket' | 'restaurant' | 'jeweller'

export type Shop = {
  readonly kind: ShopKind
  /** Customers on one day, mistakes and all. */
  readonly ordersPerDay: number
  /** Past sales that the terminal has seen when the day begins. */
  readonly pastSales: number
  /** A price in fen, at this hour of the day. */
  readonly price: (random: Random, hour: number) => number
  /** Share of the customers that come in each hour from 8 to 21. */
  readonly hours: readonly number[]
  /** Share of nights on which somebody compares paper bills with the terminal, record by record. */
  readonly countsBills: number
}

export const OPENS_AT = 8

const LUNCH_AND_DINNER = [1, 1, 1, 4, 8, 5, 1, 1, 1, 5, 9, 8, 4, 1]
const ALL_DAY = [3, 3, 3, 4, 4, 3, 3, 3, 4, 6, 6, 4, 2, 1]
const MORNING = [9, 8, 5, 4, 4, 3, 3, 4, 5, 5, 3, 2, 1, 1]

export const SHOPS: Readonly<Record<ShopKind, Shop>> = {
  bakery: {
    kind: 'bakery',
    ordersPerDay: 160,
    pastSales: 4000,
    hours: MORNING,
    countsBills: 0,
    // Few prices, few pieces: 4.50 to 16 yuan each, one to five.
    price: (random) =>
      random.pick([450, 600, 600, 800, 800, 1000, 1200, 1600]) * random.pick([1, 1, 2, 2, 3, 4, 5]),
  },
  supermarket: {
    kind: 'supermarket',
    ordersPerDay: 160,
    pastSales: 4000,
    hours: ALL_DAY,
    countsBills: 0,
    // Anything from a bottle of water to a full trolley; every fen may occur.
    price: (random) => logNormal(random, 4600, 1.05, 1),
  },
  restaurant: {
    kind: 'restaurant',
    ordersPerDay: 120,
    pastSales: 3000,
    hours: LUNCH_AND_DINNER,
    countsBills: 0.5,
    // Lunch for one, dinner for several; whole yuan.
    price: (random, hour) =>
      hour < 15 ? logNormal(random, 5200, 0.45, 100) : logNormal(random, 18_800, 0.55, 100),
  },
  jeweller: {
    kind: 'jeweller',
    ordersPerDay: 30,
    pastSales: 400,
    hours: ALL_DAY,
    countsBills: 0.9,
    // Few sales, far apart in size; prices end in 0 or 8.
    price: (random) =>
      Math.min(4_000_000, logNormal(random, 180_000, 0.8, 1000) + random.pick([0, 800])),
  },
}

/** Shops that hold money now and then: a table that is reserved. */
export const HOLDING: readonly ShopKind[] = ['restaurant']

export const SHOP_KINDS = ['bakery', 'supermarket', 'restaurant', 'jeweller'] as const

/** When customers come, in milliseconds after opening, ascending. */
export function arrivals(shop: Shop, random: Random): readonly number[] {
  const sum = shop.hours.reduce((all, share) => all + share, 0)
  const times: number[] = []
  for (let one = 0; one < shop.ordersPerDay; one++) {
    let left = random.next() * sum
    const hour = shop.hours.findIndex((share) => (left -= share) < 0)
    times.push(Math.floor((Math.max(0, hour) + random.next()) * 3_600_000))
  }
  return times.toSorted((a, b) => a - b)
}

/** Never below one yuan; `step` is what prices are rounded to. */
function logNormal(random: Random, median: number, sigma: number, step: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const raw = median * Math.exp(sigma * normal)
  return Math.max(100, Math.round(raw / step) * step)
}
