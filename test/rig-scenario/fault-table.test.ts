/** Every driver beside every fault: in the part of the scenarios that every change must pass, or with the reason why not. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { driversOf, scenariosIn } from '../rig/scenario/all-scenarios.ts'
import { faultTable, tellTable } from '../rig/scenario/fault-table.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SCENARIOS = join(ROOT, 'test', 'scenarios')
const drivers = driversOf(join(ROOT, 'drivers'))
const quick = scenariosIn(SCENARIOS).filter((one) => one.quick)

function missingIn(scenarios: typeof quick, of = drivers): readonly string[] {
  return [...faultTable(of, scenarios)].flatMap(([driver, cells]) =>
    [...cells].flatMap(([fault, { kind }]) => (kind === 'missing' ? [`${driver} ${fault}`] : [])),
  )
}

test('every fault of every driver is played by a scenario that says what the cashier saw and what the journal holds, or has its reason', () => {
  expect(drivers.length).toBe(
    readdirSync(join(ROOT, 'drivers'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^[^/]+\/[^/]+\/driver\.ts$/.test(file),
    ).length,
  )
  expect(missingIn(quick)).toEqual([])
})

test('a fault that no scenario plays any more is missed, and so is a driver that nobody plays', () => {
  const without = quick.filter(({ steps }) =>
    steps.every(({ step }) => step.verb !== 'fault' || step.with.kind !== 'keyExhausted'),
  )
  expect(missingIn(without)).toEqual(['pin-pad/visa2 keyExhausted'])
  const newcomer = { device: 'pin-pad', name: 'newcomer' } as const
  expect(missingIn(quick, [newcomer])).toContain('pin-pad/newcomer deadLine')
})

test('a scenario that looks at the screen only, and not into the journal, counts for nothing', () => {
  const blind = quick.map((scenario) => ({
    ...scenario,
    steps: scenario.steps.filter(
      ({ step }) =>
        (step.verb !== 'wait' && step.verb !== 'expect') || step.with.journal === undefined,
    ),
  }))
  expect(missingIn(blind).length).toBeGreaterThan(50)
})

test('what is played at a driver in place of a scenario is a test that exists', () => {
  const cells = [...faultTable(drivers, quick).values()].flatMap((row) => [...row.values()])
  const elsewhere = cells.filter((cell) => cell.kind === 'elsewhere')
  expect(elsewhere.length).toBeGreaterThan(0)
  for (const { file, title } of elsewhere)
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title)
})

test('the table of the documentation is the one of the scenarios', () => {
  const page = readFileSync(join(ROOT, 'docs', 'faults.md'), 'utf8')
  expect(page).toContain(tellTable(faultTable(drivers, quick)))
})
