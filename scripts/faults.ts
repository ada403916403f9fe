/** `suretill-rig faults`: every driver beside every fault, and the scenarios that play it; exit 1 when one is missing. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { driversOf, scenariosIn } from '../test/rig/scenario/all-scenarios.ts'
import { faultTable, tellTable } from '../test/rig/scenario/fault-table.ts'

const ROOT = join(import.meta.dirname, '..')

/** Adds the verb to the laboratory's command. */
export function registerFaults(program: Command): void {
  program
    .command('faults')
    .description(
      'Show which scenarios of `make test` play which fault of which driver; exit 1 when one is missing.',
    )
    .option('--titles', 'the titles of the scenarios, cell by cell', false)
    .exitOverride()
    .action(({ titles }: { titles: boolean }) => tell(titles))
}

function tell(titles: boolean): void {
  const scenarios = scenariosIn(join(ROOT, 'test', 'scenarios')).filter(({ quick }) => quick)
  const table = faultTable(driversOf(join(ROOT, 'drivers')), scenarios)
  console.log(tellTable(table))
  const cells = [...table].flatMap(([driver, row]) =>
    [...row].map(([fault, cell]) => ({ driver, fault, cell })),
  )
  if (titles)
    for (const { driver, fault, cell } of cells)
      if (cell.kind === 'played') console.log(`\n${driver} ${fault}\n  ${cell.titles.join('\n  ')}`)
  if (cells.some(({ cell }) => cell.kind === 'missing')) process.exitCode = 1
}
