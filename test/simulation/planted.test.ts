import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { BUGS } from './planted/bugs.ts'
import { PLANTED_SALES } from './planted/limits.ts'
import { openNursery } from './planted/nursery.ts'
import { seedsOn } from './planted/table.ts'

const PAGE = readFileSync('docs/planted.md', 'utf8')
const SEEDS = [...new Set(BUGS.flatMap(({ what }) => seedsOn(PAGE, what)))]
const AS_TOLD = { sales: PLANTED_SALES, enough: 1 }
const LOOK_TIMEOUT_MS = 60_000

const nursery = openNursery()
afterAll(nursery.close)

test(
  'the source as it is, run the same way at the same seeds: nothing is found',
  async () => {
    expect(SEEDS.length).toBeGreaterThan(10)
    expect(await nursery.look({ bug: null, seeds: SEEDS, ...AS_TOLD })).toEqual([])
  },
  LOOK_TIMEOUT_MS,
)

test.each(BUGS)(
  'planted and found at a seed of its page, which `make planted` makes anew: $what',
  async (bug) => {
    const seeds = seedsOn(PAGE, bug.what)
    const found = await nursery.look({ bug, seeds, ...AS_TOLD })
    expect(found).toMatchObject([{ broken: expect.stringMatching(/\w/) }])
  },
  LOOK_TIMEOUT_MS,
)

test(
  'a bug whose text is no longer in the source, or that its seeds no longer show, does not pass for found',
  async () => {
    const [bug] = BUGS
    const look = (find: string, put: string) =>
      nursery.look({ bug: { what: 'no bug', find, put }, seeds: [1], ...AS_TOLD })
    await expect(look('no such text in any file', '')).rejects.toThrow('occurs in 0 files')
    expect(await look(bug?.find ?? '', bug?.find ?? '')).toEqual([])
  },
  LOOK_TIMEOUT_MS,
)

test('the page of planted bugs names all of them, and each was found', () => {
  expect(BUGS.filter(({ what }) => seedsOn(PAGE, what).length === 0)).toEqual([])
  expect(BUGS.length).toBeGreaterThanOrEqual(25)
})
