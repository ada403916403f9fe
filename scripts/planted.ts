/** Plants every money bug in turn, lets the simulation look for it and writes what it found to `docs/planted.md`. Exit 1 when one goes unnoticed. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUGS } from '../test/simulation/planted/bugs.ts'
import { PLANTED_SALES, PLANTED_SEEDS } from '../test/simulation/planted/limits.ts'
import { openNursery } from '../test/simulation/planted/plant.ts'
import { planted } from '../test/simulation/planted/table.ts'

const nursery = openNursery()
const sound = nursery.look(null, PLANTED_SEEDS, PLANTED_SALES)
if (sound !== null)
  throw new Error(`the source as it is breaks at seed ${sound.seed}: ${sound.broken}`)
const rows = BUGS.map((bug) => ({
  what: bug.what,
  found: nursery.look(bug, PLANTED_SEEDS, PLANTED_SALES),
}))
nursery.close()
writeFileSync(join(import.meta.dirname, '..', 'docs', 'planted.md'), planted(rows))
const missed = rows.filter(({ found }) => found === null)
console.log(`${rows.length} bugs planted, ${rows.length - missed.length} found`)
for (const { what } of missed) console.error(`not found: ${what}`)
if (missed.length > 0) process.exitCode = 1
