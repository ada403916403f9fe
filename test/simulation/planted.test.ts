import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { BUGS } from './planted/bugs.ts'
import { PLANTED_SALES } from './planted/limits.ts'
import { openNursery } from './planted/nursery.ts'
import { seedOn } from './planted/table.ts'

const PAGE = readFileSync('docs/planted.md', 'utf8')
const SEEDS = BUGS.map(({ what }) => seedOn(PAGE, what)).filter((seed) => seed !== null)
const LOOK_TIMEOUT_MS = 60_000

const nursery = openNursery()
afterAll(nursery.close)

test(
  'the source as it is, run the same way at the same seeds: nothing is found',
  async () => {
    const seeds = [...new Set(SEEDS)]
    expect(await nursery.look({ bug: null, seeds, sales: PLANTED_SALES })).toBeNull()
  },
  LOOK_TIMEOUT_MS,
)

test.each(BUGS)(
  'planted and found at the seed of its page, which `make planted` makes anew: $what',
  async (bug) => {
    const seeds = [seedOn(PAGE, bug.what) ?? 1]
    expect(await nursery.look({ bug, seeds, sales: PLANTED_SALES })).toMatchObject({
      broken: expect.stringMatching(/\w/),
    })
  },
  LOOK_TIMEOUT_MS,
)

test(
  'a bug whose text is no longer in the source, or that its seed no longer shows, does not pass for found',
  async () => {
    const [bug] = BUGS
    const look = (find: string, put: string) =>
      nursery.look({ bug: { what: 'no bug', find, put }, seeds: [1], sales: PLANTED_SALES })
    await expect(look('no such text in any file', '')).rejects.toThrow('occurs in 0 files')
    expect(await look(bug?.find ?? '', bug?.find ?? '')).toBeNull()
  },
  LOOK_TIMEOUT_MS,
)

test('the page of planted bugs names all of them, and each was found', () => {
  expect(SEEDS).toHaveLength(BUGS.length)
  expect(PAGE).not.toContain('| none |')
  expect(BUGS.length).toBeGreaterThanOrEqual(25)
})
