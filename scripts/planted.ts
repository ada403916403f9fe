/** Plants every money bug in turn, lets the simulation look for it and writes what it found to `docs/planted.md`. Exit 1 when one goes unnoticed. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUGS } from '../test/simulation/planted/bugs.ts'
import { PLANTED_SALES, PLANTED_SEEDS, SEEDS_NAMED } from '../test/simulation/planted/limits.ts'
import { openNursery } from '../test/simulation/planted/nursery.ts'
import { type PlantedRow, planted } from '../test/simulation/planted/table.ts'

const nursery = openNursery()
const everySeed = {
  seeds: Array.from({ length: PLANTED_SEEDS }, (_, index) => index + 1),
  sales: PLANTED_SALES,
  enough: SEEDS_NAMED,
}
const [sound] = await nursery.look({ bug: null, ...everySeed })
if (sound !== undefined)
  throw new Error(`the source as it is breaks at seed ${sound.seed}: ${sound.broken}`)
const rows: PlantedRow[] = []
for (const bug of BUGS)
  rows.push({ what: bug.what, found: await nursery.look({ bug, ...everySeed }) })
nursery.close()
writeFileSync(join(import.meta.dirname, '..', 'docs', 'planted.md'), planted(rows))
const missed = rows.filter(({ found }) => found.length === 0)
console.log(`${rows.length} bugs planted, ${rows.length - missed.length} found`)
for (const { what } of missed) console.error(`not found: ${what}`)
if (missed.length > 0) process.exitCode = 1
