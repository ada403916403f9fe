/** Many seeds one after the other, counted: what `suretill-rig simulate` and `make sim` run. */
import { cpuUsage } from 'node:process'
import { runSeed, type SeedResult } from './run-seed.ts'

export type SimulateOptions = {
  readonly first: number
  readonly last: number
  /** Orders a cashier types in each seed. */
  readonly sales: number
  /** False: nothing goes wrong; the same checks at every step. */
  readonly faults?: boolean
  /** Called after each seed that broke. */
  readonly onBroken?: (result: SeedResult) => void
}

export type Totals = {
  readonly seeds: number
  /** Seeds in which an invariant broke. */
  readonly broken: readonly number[]
  /** Requests for money that left the terminal, whatever came of them. */
  readonly sales: number
  /** Approved transactions by kind. */
  readonly approved: Readonly<Record<string, number>>
  readonly events: number
  readonly commits: number
  readonly starts: number
  readonly slipsLeftWaiting: number
  readonly faults: Readonly<Record<string, number>>
  readonly terminalYears: number
  /** Processor seconds of this process, kernel included: what one core needs. */
  readonly cpuSeconds: number
  /** Requests for money, and those of them that are approved sales, for each of these seconds. */
  readonly requestsPerSecond: number
  readonly approvedPerSecond: number
  readonly seedsPerSecond: number
}

/** Every so many seeds the journal is kept as text: hash chain, replay and search for card numbers. */
const KEEP_ROWS_EVERY = 10
const YEAR_MS = 365.25 * 86_400_000

/** Runs all seeds even when one breaks. */
export function simulate(options: SimulateOptions): Totals {
  const { first, last, sales, faults: withFaults = true, onBroken } = options
  const began = cpuUsage()
  const sum = { sales: 0, events: 0, commits: 0, starts: 0 }
  let slipsLeftWaiting = 0
  const faults = new Map<string, number>()
  const approved = new Map<string, number>()
  const broken: number[] = []
  let simulatedMs = 0
  for (let seed = first; seed <= last; seed++) {
    const result = runSeed({
      seed,
      sales,
      faults: withFaults,
      keepRows: seed % KEEP_ROWS_EVERY === 0,
    })
    for (const name of ['sales', 'events', 'commits', 'starts'] as const) sum[name] += result[name]
    slipsLeftWaiting += result.slipsLeftWaiting
    simulatedMs += result.simulatedMs
    add(faults, result.faults)
    add(approved, result.approved)
    if (result.broken === null) continue
    broken.push(seed)
    onBroken?.(result)
  }
  const { user, system } = cpuUsage(began)
  const cpuSeconds = (user + system) / 1e6
  return {
    seeds: last - first + 1,
    broken,
    ...sum,
    slipsLeftWaiting,
    approved: sorted(approved),
    faults: sorted(faults),
    terminalYears: simulatedMs / YEAR_MS,
    cpuSeconds,
    requestsPerSecond: sum.sales / cpuSeconds,
    approvedPerSecond: (approved.get('sale') ?? 0) / cpuSeconds,
    seedsPerSecond: (last - first + 1) / cpuSeconds,
  }
}

function add(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [name, times] of more) sum.set(name, (sum.get(name) ?? 0) + times)
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
