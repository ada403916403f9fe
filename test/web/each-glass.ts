/** One browser for a file of tests, and a fresh terminal with a page of its own for each of them. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Glass, openGlass, openWorkshop, SLOW, type Workshop } from './glass.ts'

type EachGlass = {
  /** Of the test that runs. */
  readonly glass: () => Glass
  readonly workshop: () => Workshop
}

/** Called once, at the top of the file. `prepare`: what every test of it begins with. */
export function eachGlass(
  prepare: (glass: Glass) => Promise<void> = () => Promise.resolve(),
): EachGlass {
  let shared: Workshop | null = null
  let own: Glass | null = null
  const workshop = (): Workshop => there(shared)
  const glass = (): Glass => there(own)
  beforeAll(async () => {
    shared = await openWorkshop()
  }, SLOW)
  afterAll(() => workshop().close(), SLOW)
  beforeEach(async () => {
    own = await openGlass(workshop())
    await prepare(own)
  }, SLOW)
  afterEach(() => glass().close(), SLOW)
  return { glass, workshop }
}

function there<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error('only while a test runs')
  return thing
}
