/** Plays one scenario on a stage of its own, looks at the standing truths afterwards, and says how it went. */

import type { TerminalCommand } from '../shipped-program.ts'
import { openShop } from './at-counter.ts'
import { differences, moneyRequests, tellRecords, yuan } from './compare.ts'
import { brokenChain, moneyOf, readJournal } from './kept-journal.ts'
import { perform } from './perform.ts'
import type { Scenario } from './scenario-file.ts'
import { type Stage, setStage, sightOf } from './stage.ts'
import type { Play } from './wait-for.ts'

const SIGHTS_KEPT = 60

export type Verdict = {
  readonly file: string
  readonly title: string
  readonly ok: boolean
  /** The fault of the product that it shows, and shows as described; null for every other scenario. */
  readonly knownFault: string | null
  readonly ms: number
  /** What went wrong first, with its place; null when nothing did. */
  readonly failure: { readonly at: string; readonly why: string } | null
  /** What the cashier saw, page after page. */
  readonly saw: readonly string[]
  /** What journal and host hold at the end. */
  readonly journal: string
  readonly host: string
}

type Failure = { readonly at: string; readonly why: string }

/** Never rejects for what the product does; rejects when the machine cannot give what a laboratory needs. */
export async function playScenario(scenario: Scenario, program: TerminalCommand): Promise<Verdict> {
  const began = performance.now()
  const stage = await setStage({ ...scenario, program })
  try {
    const failure = (await playSteps(scenario, stage)) ?? (await brokenTruth(stage))
    const { ok, knownFault, told } = judge(scenario, failure)
    return {
      file: scenario.file,
      title: scenario.title,
      ok,
      knownFault,
      ms: Math.round(performance.now() - began),
      failure: told,
      ...holdings(stage),
    }
  } finally {
    await stage.strike()
  }
}

async function playSteps(scenario: Scenario, stage: Stage): Promise<Failure | null> {
  const play: Play = { stage, since: null }
  if (scenario.start === 'open') {
    const shut = await openShop(play)
    if (shut !== null) return { at: 'opening the shop', why: shut }
    // How a shop opens is not worth telling.
    stage.screen.forget()
  }
  for (const { step, line } of scenario.steps) {
    const why = await perform(play, step)
    if (why !== null) return { at: `${scenario.file}:${line} ${step.verb}`, why }
  }
  return null
}

/**
 * True after every scenario, whatever it did: the program never crashed, the chain of the journal is whole, and journal and
 * host agree about the money unless something is still owed.
 */
async function brokenTruth(stage: Stage): Promise<Failure | null> {
  const at = 'after the last step'
  await stage.powerOff()
  const { crashes } = stage.terminal.state()
  if (crashes > 0) return { at, why: `the terminal crashed ${crashes} times` }
  const chain = brokenChain(stage.dataFolder)
  if (chain !== null) return { at, why: `the journal is not whole: ${chain}` }
  const kept = readJournal(stage.dataFolder)
  if (kept.broken !== null) return { at, why: `the journal cannot be read: ${kept.broken}` }
  if (kept.owes) return null
  const apart = differences(stage, { host: { held: yuan(moneyOf(kept)) } })
  return apart.length === 0 ? null : { at, why: `journal and host differ: ${apart.join('; ')}` }
}

/** A scenario with a known fault must fail, and as described: whatever else happens is news. */
function judge(
  { knownFault }: Scenario,
  failure: Failure | null,
): { ok: boolean; knownFault: string | null; told: Failure | null } {
  if (knownFault === null) return { ok: failure === null, knownFault: null, told: failure }
  if (failure?.why.includes(knownFault.seen) === true)
    return { ok: true, knownFault: knownFault.why, told: failure }
  const at = failure?.at ?? 'after the last step'
  const instead = failure === null ? 'nothing failed' : failure.why
  const why = `the known fault did not show ("${knownFault.seen}"): ${instead}`
  return { ok: false, knownFault: null, told: { at, why } }
}

function holdings({ dataFolder, rig, screen }: Stage): Pick<Verdict, 'saw' | 'journal' | 'host'> {
  const sights = screen.views.map(sightOf)
  const kept = readJournal(dataFolder)
  const host = rig.acquirer.state()
  const requests = moneyRequests(host)
  return {
    saw: sights.filter((sight, index) => sight !== sights[index - 1]).slice(-SIGHTS_KEPT),
    journal: `${tellRecords(kept.records)}${kept.owes ? ', something owed' : ''}`,
    host: `holds ${yuan(host.heldMinor)} after ${requests.join(' ') || 'no request'}`,
  }
}
