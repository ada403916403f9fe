/** Wakes one mutant after the other and runs the tests that reach it, the quickest first, until one fails. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { configureGlobal } from 'fast-check'
import { expect, test } from 'vitest'
import type { Outcome } from '../report.ts'
import { collected as tests } from './collect.ts'

/** What instrumented code reads and writes. */
type Namespace = {
  activeMutant: string | undefined
  currentTestId: string | undefined
  hitCount: number | undefined
  hitLimit: number | undefined
  mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
}

type Mutant = Omit<Outcome, 'status'> & { readonly id: string }
type Reach = { readonly index: number; readonly hits: number }

/** A property draws less often, the same each time. */
configureGlobal({ numRuns: 10, seed: 1 })
const TEST_MOST_MS = Number(process.env['MUTATION_LONGEST_MS'])
/** As many times as often as without a mutant: it goes round for ever. */
const HITS_MOST = 100
/** Of a test that waits for something that never comes. */
const WAIT_MOST_MS = 5000

const space: Namespace = {
  activeMutant: undefined,
  currentTestId: undefined,
  hitCount: undefined,
  hitLimit: undefined,
}
Object.assign(globalThis, { __stryker__: space })

test('every mutant is tried', async () => {
  const wanted = new RegExp(process.env['MUTATION_TESTS'] ?? '')
  const mutants: readonly Mutant[] = JSON.parse(readFileSync('mutants.json', 'utf8'))
  const files = globSync('test/**/*.test.ts').filter((file) => wanted.test(file))
  for (const file of files.toSorted()) await import(`${process.cwd()}/${file}`)
  expect(tests).not.toHaveLength(0)
  const cost = await firstRun()
  const reaches = reachedBy()

  const outcomes: Outcome[] = []
  for (const { id, ...mutant } of mutants) {
    const found = (reaches.get(id) ?? []).filter(({ index }) => cost[index] !== undefined)
    outcomes.push({ ...mutant, status: await statusOf(id, found) })
  }
  writeFileSync('outcomes.json', JSON.stringify(outcomes))

  /** What each takes, in milliseconds; undefined: it fails without a mutant, or is too slow. */
  async function firstRun(): Promise<(number | undefined)[]> {
    const took: (number | undefined)[] = []
    for (const [index, { name, run }] of tests.entries()) {
      space.currentTestId = String(index)
      const start = performance.now()
      const fails = await failed(run)
      const ms = performance.now() - start
      took.push(fails || ms > TEST_MOST_MS ? undefined : ms)
      if (fails) console.log(`left out, it fails here: ${name}`)
      else if (ms > TEST_MOST_MS) console.log(`left out, it takes ${Math.round(ms)} ms: ${name}`)
    }
    space.currentTestId = undefined
    return took
  }

  function reachedBy(): ReadonlyMap<string, readonly Reach[]> {
    const found = new Map<string, Reach[]>()
    for (const [index, hits] of Object.entries(space.mutantCoverage?.perTest ?? {}))
      for (const [id, count] of Object.entries(hits)) {
        const known = found.get(id) ?? []
        known.push({ index: Number(index), hits: count })
        found.set(id, known)
      }
    return found
  }

  async function statusOf(id: string, found: readonly Reach[]): Promise<Outcome['status']> {
    const isStatic = space.mutantCoverage?.static[id] !== undefined
    if (found.length === 0) return isStatic ? 'static' : 'noTest'
    for (const { hits, index } of found.toSorted((a, b) => costOf(a) - costOf(b))) {
      const run = tests[index]?.run
      if (run === undefined) continue
      space.activeMutant = id
      space.hitCount = 0
      space.hitLimit = HITS_MOST * hits
      const killed = await failed(run)
      space.activeMutant = undefined
      space.hitCount = undefined
      if (!killed) continue
      // What the mutant has left behind in a module must not kill the next one.
      if (await failed(run)) cost[index] = undefined
      return 'killed'
    }
    return 'survived'
  }

  function costOf({ index }: Reach): number {
    return cost[index] ?? Number.POSITIVE_INFINITY
  }
})

async function failed(run: () => unknown): Promise<boolean> {
  try {
    const result = run()
    if (result instanceof Promise) await soon(result)
    return false
  } catch {
    return true
  }
}

async function soon(result: Promise<unknown>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, WAIT_MOST_MS, new Error('nothing comes of it'))
  try {
    await Promise.race([result, promise])
  } finally {
    clearTimeout(timer)
  }
}
