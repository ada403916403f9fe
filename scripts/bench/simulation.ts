/** The whole simulation beside a toy of one, in turns, so that whatever else the machine does meets both alike. */
import { cpuUsage } from 'node:process'
import { runSeed } from '../../test/simulation/run-seed.ts'
import { openToyShop } from './toy-shop.ts'

const TURNS = 15
const WARM_UP_SEEDS = 10
const SEEDS_PER_TURN = 4
const SALES_PER_SEED = 100
const TOY_SALES_PER_TURN = 10_000

export type Paces = {
  /** Medians, in sales per processor second of one core. */
  readonly simulated: number
  readonly toy: number
  readonly ratio: number
}

/** Requests for money that left the simulated terminal, with all faults and all invariants; and sales of the toy. */
export function measureSimulation(): Paces {
  const toy = openToyShop()
  let seed = 0
  const seeds = (count: number): number => {
    let sales = 0
    for (let run = 0; run < count; run++) {
      seed += 1
      const result = runSeed({ seed, sales: SALES_PER_SEED, keepRows: seed % 10 === 0 })
      if (result.broken !== null) throw new Error(`seed ${seed}: ${result.broken}`)
      sales += result.sales
    }
    return sales
  }
  seeds(WARM_UP_SEEDS)
  toy.sell(TOY_SALES_PER_TURN)
  const turns = Array.from({ length: TURNS }, () => {
    const simulated = pace(() => seeds(SEEDS_PER_TURN))
    const toys = pace(() => {
      toy.sell(TOY_SALES_PER_TURN)
      return TOY_SALES_PER_TURN
    })
    return { simulated, toy: toys, ratio: simulated / toys }
  })
  toy.close()
  return {
    simulated: median(turns.map((turn) => turn.simulated)),
    toy: median(turns.map((turn) => turn.toy)),
    ratio: median(turns.map((turn) => turn.ratio)),
  }
}

/** `run` gives how many sales it made. */
function pace(run: () => number): number {
  const began = cpuUsage()
  const sales = run()
  const { system, user } = cpuUsage(began)
  return (sales * 1e6) / (user + system)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
