/** Runs seeds until one breaks and prints it as JSON, or null. Started by `plant.ts` in a copy of the source. */
import process from 'node:process'
import { runSeed } from '../run-seed.ts'

const [seeds, sales] = process.argv.slice(2).map(Number)
let found: { seed: number; broken: string } | null = null
for (let seed = 1; seed <= (seeds ?? 0) && found === null; seed++) {
  const { broken } = runSeed({ seed, sales: sales ?? 1, keepRows: false })
  if (broken !== null) found = { seed, broken: broken.split('\n')[0] ?? '' }
}
console.log(JSON.stringify(found))
