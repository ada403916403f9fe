/** The part of the scenarios that every change must pass; `make rig` runs them all. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tellVerdict } from '../rig/scenario/report.ts'
import { runScenarios } from '../rig/scenario/run-scenarios.ts'
import { readScenarios } from '../rig/scenario/scenario-file.ts'

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
  const verdicts = await runScenarios(scenarios, JOBS, () => undefined)
  expect(verdicts.filter(({ ok }) => !ok).map(tellVerdict)).toEqual([])
})
