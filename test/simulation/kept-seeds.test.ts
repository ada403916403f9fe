import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { runSeed } from './run-seed.ts'

const FOLDER = join(import.meta.dirname, '../seeds')
/** Seeds that once broke, and what they showed. The world has changed since; what they draw now must hold as well. */
const kept = z.strictObject({
  seeds: z.array(z.number()).min(1),
  sales: z.number(),
  what: z.string(),
})

test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))(
  'seeds that once failed run clean: %s',
  (name) => {
    const { seeds, sales } = kept.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')))
    const results = seeds.map((seed) => runSeed({ seed, sales, keepRows: true }))
    expect(results.map(({ broken }) => broken)).toEqual(seeds.map(() => null))
  },
  60_000,
)
