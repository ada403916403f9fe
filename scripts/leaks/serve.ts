/** One terminal on simulated devices serves customer after customer and is never switched off; now and then it is looked into. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDoors } from '../../test/rig/scenario/at-counter.ts'
import { perform } from '../../test/rig/scenario/perform.ts'
import { readScenarios, type Scenario } from '../../test/rig/scenario/scenario-file.ts'
import { setStage, sightOf } from '../../test/rig/scenario/stage.ts'
import type { Step } from '../../test/rig/scenario/step.ts'
import { type Play, waitFor } from '../../test/rig/scenario/wait-for.ts'
import { comeHome, questionFor } from './cashier.ts'
import type { Sample } from './judge.ts'
import { INSPECTED, openProcessSight } from './process-sight.ts'

const FILE = join(import.meta.dirname, 'customers.yaml')
/** A lost answer must not cost the run minutes; and an amount that is never paid would be new to the shop each time it is typed. */
const CONFIG = { 'acquirer.replyTimeoutMs': 2000, 'amountGuard.unknownBelow': 0 }

/** A run of an hour must not end for a moment in which this machine was busy. */
const PATIENCE_S = 60

export type ServeOptions = {
  /** Customers to be served. */
  readonly sales: number
  /** The terminal is looked into whenever so many more have been served. */
  readonly lookEvery: number
  readonly onSample: (sample: Sample) => void
  readonly onHelped: (helped: Helped) => void
}

/** A customer who was not served as the file has it. */
export type Helped = {
  readonly customer: number
  readonly title: string
  /** The step that was not done, why, and what the screen showed. */
  readonly at: string
  /** What the cashier did about it, page by page. */
  readonly did: readonly string[]
}

/** Every so many customers one of these comes; the rest comes in the order of the file. */
const RARE = [
  { title: 'the day is settled', every: 200, after: 199 },
  { title: 'the cable of the printer is pulled', every: 50, after: 44 },
  { title: 'the answer is lost', every: 25, after: 24 },
  { title: 'the last sale is voided', every: 20, after: 13 },
] as const

/** All samples, in order. Rejects in words when no cashier could go on, or the terminal ends meanwhile. */
export async function serve(options: ServeOptions): Promise<readonly Sample[]> {
  const customers = readCustomers()
  const stage = await setStage({ config: CONFIG, linesPerSecond: null, environment: INSPECTED })
  const samples: Sample[] = []
  try {
    const play: Play = { stage, since: null }
    const shut =
      (await openDoors(play)) ??
      (await waitFor(play, { strip: { faults: [], link: 'up' } }, PATIENCE_S * 1000))
    if (shut !== null) throw new Error(`the shop does not open: ${shut}`)
    const { pid, lines, starts } = stage.terminal.state()
    const process = await openProcessSight(pid ?? 0, lines)
    for (let served = 0; served < options.sales; served += 1) {
      const customer = customers(served)
      const helped = await serveOne(play, customer, served)
      if (helped !== null) options.onHelped(helped)
      stage.screen.forget()
      if ((served + 1) % options.lookEvery !== 0) continue
      const sample = { served: served + 1, ...(await process.look()) }
      samples.push(sample)
      options.onSample(sample)
    }
    process.close()
    if (stage.terminal.state().starts !== starts) throw new Error('the terminal was started again')
    return samples
  } finally {
    await stage.strike()
  }
}

/** Null when all went as the file has it; else where it did not, and what the cashier did then. */
async function serveOne(play: Play, customer: Scenario, served: number): Promise<Helped | null> {
  for (const { step, line } of customer.steps) {
    const why = await performOrAsk(play, { ...step, within: step.within ?? PATIENCE_S })
    if (why === null) continue
    const seen = play.stage.screen.views.at(-1)
    const at = `line ${line} ${step.verb}: ${why}; ${seen === undefined ? 'dark' : sightOf(seen)}`
    const did = await comeHome(play).catch((cause: unknown) => {
      const stuck = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`customer ${served + 1} (${customer.title}), ${at}; ${stuck}`)
    })
    return { customer: served + 1, title: customer.title, at, did }
  }
  return null
}

/** As `perform`; but a wait also ends with the question that only a cashier can answer. */
async function performOrAsk(play: Play, step: Step): Promise<string | null> {
  if (step.verb !== 'wait') return await perform(play, step)
  const { stage } = play
  let waits = true
  const asked = stage.until(
    () => (waits && questionFor(stage) === null ? 'nothing is asked' : null),
    PATIENCE_S * 1000,
  )
  const done = perform(play, step).finally(() => {
    waits = false
  })
  const first = await Promise.race([
    done.then((why) => ({ why })),
    asked.then(() => ({ why: questionFor(stage) })),
  ])
  return first.why === null && waits ? await done : first.why
}

/** Who comes after `served` others. */
function readCustomers(): (served: number) => Scenario {
  const read = readScenarios(FILE, readFileSync(FILE, 'utf8'))
  if (!read.ok) throw new Error(read.problem)
  const usual = read.scenarios.filter(({ title }) => title.startsWith('customer '))
  const rare = RARE.map(({ title, ...when }) => ({
    ...when,
    scenario: found(read.scenarios, title),
  }))
  return (served) => {
    const due = rare.find(({ after, every }) => served % every === after)
    return due?.scenario ?? found(usual, '', served)
  }
}

function found(scenarios: readonly Scenario[], title: string, turn = 0): Scenario {
  const fitting = scenarios.filter((one) => one.title.startsWith(title))
  const one = fitting[turn % Math.max(1, fitting.length)]
  if (one === undefined) throw new Error(`${FILE} has no customer "${title}".`)
  return one
}
