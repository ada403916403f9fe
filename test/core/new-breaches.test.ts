/** A simulation looks only at what has changed, at every step of millions: it must find what looking at everything finds. */
import { expect, test } from 'vitest'
import { breaches, newBreaches } from '#core/terminal/invariants.ts'
import { combinations, everythingFound, openTerminal } from './recovery/found-states.ts'

const sound = openTerminal()

/** A prime number, so that no dimension is left out by the step between. */
const STATES_COMPARED = 211
/** Some forty thousand comparisons on a busy machine. */
const LONG_MS = 120_000

test('looking only at what has changed finds what looking at everything finds, from every sound situation to any other', {
  timeout: LONG_MS,
}, () => {
  const states = combinations(everythingFound(), sound)
  const every = Math.ceil(states.length / STATES_COMPARED)
  const some = states.filter((_, index) => index % every === 0)
  const sane = some.filter((state) => breaches(state, state).length === 0)
  const different = sane.filter((before) =>
    some.some((after) => breaches(before, after).join() !== newBreaches(before, after).join()),
  )
  expect(sane.length).toBeGreaterThan(10)
  expect(different).toEqual([])
})
