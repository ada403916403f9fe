/** The part of the scenarios that every change must pass; `make rig` runs them all. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { tellTotals, tellVerdict, totalsOf } from '../rig/scenario/report.ts'
import { runScenarios } from '../rig/scenario/run-scenarios.ts'
import { readScenarios } from '../rig/scenario/scenario-file.ts'
import { layProgram } from '../rig/shipped-program.ts'

const FOLDER = fileURLToPath(new URL('../scenarios', import.meta.url))
/** Shops at a time, on two processors. */
const JOBS = 6

test('the quick scenarios: in each the cashier sees what happened, and journal and host agree', {
  timeout: 240_000,
}, async () => {
  const scenarios = readdirSync(FOLDER)
    .flatMap((name) => {
      const read = readScenarios(join(FOLDER, name), readFileSync(join(FOLDER, name), 'utf8'))
      if (!read.ok) throw new Error(read.problem)
      return read.scenarios
    })
    .filter(({ quick }) => quick)
  expect(scenarios.length).toBeGreaterThan(20)
  const laid = layProgram()
  onTestFinished(laid.remove)
  const began = performance.now()
  const verdicts = await runScenarios(scenarios, {
    jobs: JOBS,
    program: laid.command,
    onVerdict: () => undefined,
  })
  const totals = totalsOf(verdicts, performance.now() - began)
  console.log(`${tellTotals(totals)} The terminal was ${laid.name}.`)
  expect(verdicts.filter(({ ok }) => !ok).map(tellVerdict)).toEqual([])
})
