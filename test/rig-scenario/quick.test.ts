/** The part of the scenarios that every change must pass; `make rig` runs them all. */
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { scenariosIn } from '../rig/scenario/all-scenarios.ts'
import { tellTotals, tellVerdict, totalsOf } from '../rig/scenario/report.ts'
import { runScenarios } from '../rig/scenario/run-scenarios.ts'
import { layProgram } from '../rig/shipped-program.ts'

const FOLDER = fileURLToPath(new URL('../scenarios', import.meta.url))
/** Shops at a time, on two processors. */
const JOBS = 6
const SCENARIOS_LEAST = 150
/** Goal: three minutes on two processors with nothing else to do. Another worker has its tests meanwhile. */
const LIMIT_MS = 900_000
/** Six shops and the rest of the tests share the processors: so many may be late once, and are played again, alone. More are a fault. */
const PLAYED_AGAIN_MOST = 5

test('the quick scenarios: in each the cashier sees what happened, and journal and host agree', {
  timeout: LIMIT_MS,
}, async () => {
  const scenarios = scenariosIn(FOLDER).filter(({ quick }) => quick)
  expect(scenarios.length).toBeGreaterThanOrEqual(SCENARIOS_LEAST)
  const laid = layProgram()
  onTestFinished(laid.remove)
  const play = (those: typeof scenarios, jobs: number): ReturnType<typeof runScenarios> =>
    runScenarios(those, { jobs, program: laid.command, onVerdict: () => undefined })
  const began = performance.now()
  const first = await play(scenarios, JOBS)
  const late = scenarios.filter((_, index) => first[index]?.ok !== true)
  const mayBeAgain = late.length <= PLAYED_AGAIN_MOST
  const again = mayBeAgain ? await play(late, 1) : first
  const failed = again.filter(({ ok }) => !ok).map(tellVerdict)
  const totals = { ...totalsOf(first, performance.now() - began), failed: failed.length }
  const told = `${tellTotals(totals)} The terminal was ${laid.name}.`
  console.log(mayBeAgain && late.length > 0 ? `${told} Played again, alone: ${late.length}.` : told)
  expect(failed).toEqual([])
})
