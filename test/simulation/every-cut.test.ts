import { expect, test } from 'vitest'
import { runSeed, type SeedResult } from './run-seed.ts'

/** Small days without other faults, chosen so that taps, chips, codes and PINs are among them. */
const DAYS = [1, 2, 3, 4].map((seed) => ({ seed, sales: 2, faults: false }))
/** The second cut falls while the terminal wakes up from the first. */
const WAKING_BOUNDARIES = 10

/** How often the power can go in a day: before and after each write, before each effect and each picture. */
function boundariesOf(day: (typeof DAYS)[number]): number {
  return runSeed(day).boundaries
}

function brokenOf(results: readonly SeedResult[]): readonly string[] {
  return results.flatMap(({ broken }) => (broken === null ? [] : [broken]))
}

test('the power goes at every write and between all effects, one after the other: nothing is lost and nothing is done twice', () => {
  const results = DAYS.flatMap((day) =>
    Array.from({ length: boundariesOf(day) }, (_, cut) =>
      runSeed({ ...day, keepRows: true, cuts: [cut] }),
    ),
  )
  expect(brokenOf(results)).toEqual([])
  expect(results.length).toBeGreaterThan(200)
  expect(results.filter(({ starts }) => starts !== 2)).toEqual([])
}, 60_000)

test('the power goes again while the terminal wakes up, at every pair of places', () => {
  const results = DAYS.flatMap((day) =>
    Array.from({ length: boundariesOf(day) * WAKING_BOUNDARIES }, (_, index) =>
      runSeed({
        ...day,
        cuts: [Math.floor(index / WAKING_BOUNDARIES), index % WAKING_BOUNDARIES],
      }),
    ),
  )
  expect(brokenOf(results)).toEqual([])
  expect(results.length).toBeGreaterThan(2000)
  expect(results.filter(({ starts }) => starts !== 3)).toEqual([])
}, 60_000)
