/** One seed: a safety phase with every fault, then a liveness phase without, in which everything must come to rest. */
import { isOpen } from '#core/receipt/slip-job.ts'
import { breaches } from '#core/terminal/invariants.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Fault } from './faults.ts'
import { Breach, breach } from './interruptions.ts'
import { beginMishaps } from './mishaps.ts'
import { checkNoCardNumbers } from './no-card-numbers.ts'
import { checkReplay } from './process.ts'
import { createWorld, type World } from './world.ts'

export type SeedOptions = {
  readonly seed: number
  /** Orders that the cashier types in the safety phase. */
  readonly sales: number
  readonly keepRows?: boolean
  /** False: nothing goes wrong. */
  readonly faults?: boolean
  readonly cuts?: readonly number[]
}

export type SeedResult = {
  readonly seed: number
  /** Null when every invariant held; else the sentence of the first that did not. */
  readonly broken: string | null
  readonly story: readonly string[]
  /** Requests for money that left the terminal. */
  readonly sales: number
  /** Approved transactions by kind. */
  readonly approved: ReadonlyMap<string, number>
  readonly simulatedMs: number
  readonly events: number
  readonly commits: number
  readonly starts: number
  /** Slips that waited at a printer which was well and idle, until the next sale took them along. */
  readonly slipsLeftWaiting: number
  readonly boundaries: number
  readonly faults: ReadonlyMap<Fault, number>
  /** Hash of the last journal row as hex; empty unless rows are kept. Two runs of a seed have the same. */
  readonly digest: string
}

/** Within this simulated time everything must be at rest once faults have ended: longest lock, refill and walk together. */
const REST_WITHIN_MS = 3 * 3_600_000
/** A shop that serves nobody for so long is stuck. */
const SERVE_WITHIN_MS = 48 * 3_600_000
const STEPS_PER_SALE_LIMIT = 20_000

export function runSeed(options: SeedOptions): SeedResult {
  const { seed, sales, keepRows = false, faults = true, cuts = [] } = options
  const world = createWorld({ seed, keepRows, faults, cuts })
  let broken: string | null = null
  let slipsLeftWaiting = 0
  try {
    safety(world, sales)
    slipsLeftWaiting = liveness(world)
    if (keepRows) {
      checkReplay(world.disk, world.first ?? initialState())
      checkNoCardNumbers(world.disk.rows, world.printer.paper)
    }
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    broken = cause instanceof Breach ? cause.message : `the program broke: ${cause.stack}`
  }
  const { disk, process, timeline } = world
  const kinds = new Map<string, number>()
  for (const { kind, outcome } of disk.records.values())
    if (outcome === 'approved') kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  return {
    seed,
    broken,
    story: broken === null ? [] : process.story(),
    sales: world.requests(),
    approved: kinds,
    simulatedMs: timeline.monotonicMs(),
    events: process.events(),
    commits: disk.commits(),
    starts: process.starts(),
    slipsLeftWaiting,
    boundaries: world.power.passed(),
    faults: world.faults.counts,
    digest: Buffer.from(disk.rows.at(-1)?.hash ?? []).toString('hex'),
  }
}

function safety(world: World, sales: number): void {
  world.cashier.serve(sales)
  world.process.powerOn()
  world.till?.open()
  beginMishaps(world)
  serveAll(world, sales)
  checkEverything(world)
}

/** Apart from what happens once in a seed: V8 throws an optimized function away for one call that meets the functions of another seed. */
function serveAll({ cashier, timeline }: World, sales: number): void {
  let left = sales
  let since = 0
  for (let steps = 0; cashier.left() > 0; steps++) {
    if (!timeline.step()) breach('nothing happens any more')
    if (cashier.left() < left) since = timeline.monotonicMs()
    left = cashier.left()
    if (timeline.monotonicMs() - since > SERVE_WITHIN_MS || steps > sales * STEPS_PER_SALE_LIMIT)
      breach('the shop serves nobody any more')
  }
}

/** Faults end: everything comes to rest, the shop sells once more, and everything comes to rest again. */
function liveness(world: World): number {
  const { cashier, faults, host, process, printer, checks, disk, owed, till } = world
  faults.calm()
  cashier.closeShop()
  const left = rest(world)
  const before = world.requests()
  cashier.serve(1)
  rest(world)
  if (world.requests() === before) breach('the terminal sells no more after faults have ended')
  const state = disk.state() ?? process.state()
  if (state === null) breach('nothing is on disk')
  checkEverything(world)
  host.customersPay()
  checks.atRest(state, printer.paper)
  owed?.atRest(state)
  till?.atRest()
  return left
}

/** At every step only the invariants are looked at whose facts have changed; at the end of a phase all of them are, on disk and in memory. */
function checkEverything({ disk, process }: World): void {
  for (const state of [disk.state(), process.state()]) {
    const broken = state === null ? [] : breaches(state, state)
    if (broken.length > 0) breach(broken.join('; '))
  }
}

/** Runs until nothing is open; returns the slips that wait at a printer which is well and idle. */
function rest({ timeline, process, secrets, cashier }: World): number {
  const began = timeline.monotonicMs()
  for (;;) {
    const state = process.state()
    if (state !== null && isAtRest(state) && secrets.held() === 0 && !cashier.isServing())
      return state.slips.filter(isOpen).length
    if (timeline.monotonicMs() - began > REST_WITHIN_MS) breach(notAtRest(state, secrets.held()))
    timeline.step()
  }
}

function isAtRest({
  step,
  reversal,
  advice,
  settlement,
  notices = [],
  uploads,
  link,
  slips,
  devices,
}: TerminalState): boolean {
  const idle =
    devices.printer.troubles.length === 0 && !slips.some((job) => job.state === 'printing')
  return (
    step.kind === 'amount' &&
    reversal === null &&
    advice === null &&
    settlement === null &&
    notices.length === 0 &&
    uploads === undefined &&
    link === 'up' &&
    slips.every((job) => !isOpen(job) || (idle && job.state === 'queued'))
  )
}

function notAtRest(state: TerminalState | null, held: number): string {
  if (state === null) return 'the terminal does not come back'
  const slips = state.slips.filter(isOpen).map((job) => `${job.slip.job} ${job.state}`)
  const facts = [`page ${state.step.kind}`, `link ${state.link}`, ...slips, `${held} secrets`]
  if (state.settlement !== null) facts.push(`settlement ${state.settlement.phase}`)
  if (state.advice !== null) facts.push(`refund ${state.advice.state}`)
  if (state.notices?.length) facts.push(`${state.notices.length} script notices`)
  if (state.reversal !== null) facts.push(`reversal ${state.reversal.state}`)
  return `not at rest after faults have ended: ${facts.join(', ')}`
}
