/** One terminal on simulated devices serves customer after customer and is never switched off; now and then it is looked into. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDoors } from '../../test/rig/scenario/at-counter.ts'
import { perform } from '../../test/rig/scenario/perform.ts'
import { readScenarios, type Scenario } from '../../test/rig/scenario/scenario-file.ts'
import { setStage, sightOf } from '../../test/rig/scenario/stage.ts'
import { type Play, waitFor } from '../../test/rig/scenario/wait-for.ts'
import type { Sample } from './judge.ts'
import { INSPECTED, openProcessSight } from './process-sight.ts'

const FILE = join(import.meta.dirname, 'customers.yaml')
/** Shorter than in a shop, so that a lost answer does not cost the run minutes; a void moves the batch on long before its limit. */
const CONFIG = { 'acquirer.replyTimeoutMs': 2000 }

/** A run of an hour must not end for a moment in which this machine was busy. */
const PATIENCE_S = 120

export type ServeOptions = {
  /** Customers to be served. */
  readonly sales: number
  /** The terminal is looked into whenever so many more have been served. */
  readonly lookEvery: number
  readonly onSample: (sample: Sample) => void
}

/** Every so many customers one of these comes; the rest comes in the order of the file. */
const RARE = [
  { title: 'the day is settled', every: 200, after: 199 },
  { title: 'the cable of the printer is pulled', every: 50, after: 44 },
  { title: 'the answer is lost', every: 25, after: 24 },
  { title: 'the last sale is voided', every: 20, after: 13 },
] as const

/** All samples, in order. Rejects in words when a customer cannot be served, or the terminal ends meanwhile. */
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
      await serveOne(play, customer, served)
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

async function serveOne(play: Play, { steps, title }: Scenario, served: number): Promise<void> {
  for (const { step, line } of steps) {
    const wrong = await perform(play, { ...step, within: step.within ?? PATIENCE_S })
    if (wrong === null) continue
    const shown = play.stage.screen.views.at(-1)
    const sight = shown === undefined ? 'a dark screen' : sightOf(shown)
    throw new Error(
      `customer ${served + 1} (${title}), line ${line} ${step.verb}: ${wrong}; ${sight}`,
    )
  }
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
