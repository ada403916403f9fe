/** All terminals on the same days: what `suretill-rig mistakes` and `make mistakes` run. */
import { cpuUsage } from 'node:process'
import type { CodeTable } from '#qr/code-table.ts'
import { runDay } from './day.ts'
import { dayScript } from './day-script.ts'
import { SHOP_KINDS, SHOPS } from './shops.ts'
import { createSight } from './sight.ts'
import { emptyTally, type Tally } from './tally.ts'
import { VARIANTS, type Variant } from './variants.ts'
import { pastOf } from './world.ts'

export type MistakesOptions = {
  /** At least so many orders; whole days are run, one of each kind of shop at a time. */
  readonly orders: number
  readonly table: CodeTable
  readonly variants?: readonly Variant[]
  readonly onDay?: (day: number, orders: number) => void
}

export type MistakesResult = {
  readonly tallies: readonly { readonly variant: Variant; readonly tally: Tally }[]
  readonly days: number
  /** True orders in the script; each terminal served all of them. */
  readonly orders: number
  readonly cpuSeconds: number
}

const SEED = 20_261_121
/** Shops of one kind differ in what they have sold before. */
const PASTS = 10

export function runMistakes(options: MistakesOptions): MistakesResult {
  const { orders, table, variants = VARIANTS } = options
  const began = cpuUsage()
  const tallies = variants.map((variant) => ({ variant, tally: emptyTally() }))
  const pasts = new Map<string, ReturnType<typeof pastOf>>()
  const pastNumber = (kind: (typeof SHOP_KINDS)[number], number: number) => {
    const key = `${kind} ${number}`
    const past = pasts.get(key) ?? pastOf(SHOPS[kind], SEED + number)
    pasts.set(key, past)
    return past
  }
  const sights = SHOP_KINDS.map((kind) => createSight(SHOPS[kind], SEED))
  let served = 0
  let days = 0
  while (served < orders)
    for (const [place, kind] of SHOP_KINDS.entries()) {
      const shop = SHOPS[kind]
      const seed = SEED + 1_000 * (days + 1)
      const script = dayScript(shop, seed)
      const round = Math.floor(days / SHOP_KINDS.length)
      const past = pastNumber(kind, round % PASTS)
      const sight = sights[place] ?? (() => false)
      for (const { variant, tally } of tallies)
        runDay({ shop, seed, variant, script, past, table, tally, sight })
      days += 1
      served += script.length
      options.onDay?.(days, served)
    }
  const { user, system } = cpuUsage(began)
  return { tallies, days, orders: served, cpuSeconds: (user + system) / 1e6 }
}
