import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { BUGS } from './planted/bugs.ts'
import { PLANTED_SALES, PLANTED_SEEDS } from './planted/limits.ts'
import { openNursery } from './planted/plant.ts'

const nursery = openNursery()
afterAll(nursery.close)

test('the source as it is, copied and run the same way: nothing is found', () => {
  expect(nursery.look(null, 20, PLANTED_SALES)).toBeNull()
}, 60_000)

test.each(BUGS)(
  'planted and found: $what',
  (bug) => {
    expect(nursery.look(bug, PLANTED_SEEDS, PLANTED_SALES)).toMatchObject({
      broken: expect.stringMatching(/\w/),
    })
  },
  60_000,
)

test('the page of planted bugs names all of them, and each was found', () => {
  const page = readFileSync('docs/planted.md', 'utf8')
  expect(BUGS.filter(({ what }) => !page.includes(`| ${what} |`))).toEqual([])
  expect(page).not.toContain('| none |')
  expect(BUGS.length).toBeGreaterThanOrEqual(25)
})
