import { afterAll, expect, test } from 'vitest'
import { BUGS } from './planted/bugs.ts'
import { openNursery } from './planted/plant.ts'

/** Enough for every bug in the list; most show in the first few seeds. */
const SEEDS = 300
const SALES = 30

const nursery = openNursery()
afterAll(nursery.close)

test('the source as it is, copied and run the same way: nothing is found', () => {
  expect(nursery.look(null, 20, SALES)).toBeNull()
}, 60_000)

test.each(BUGS)(
  'planted and found: $what',
  (bug) => {
    expect(nursery.look(bug, SEEDS, SALES)).toMatchObject({ broken: expect.stringMatching(/\w/) })
  },
  60_000,
)
