/** The order of the test files: those that take longest first, so that no core waits at the end for one of them; the others as the seed of the run has it. */
import { createHash } from 'node:crypto'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Half a minute and more, longest first. One that is not named here is only less well placed. */
const LONGEST = [
  'web/fits.browser',
  'browser/day',
  'rig-scenario/quick',
  'mistakes/planted',
  'simulation/simulation',
  'scripts/leaks/serve',
  'crash/crash',
  'simulation/planted',
  'terminal/doors',
  'web/still.browser',
  'terminal/code-unknown',
  'cli/setup/setup',
  'web/hands.browser',
  'web/launch.browser',
  'browser/power-cut',
  'terminal/trouble',
  'scripts/conformance/conformance',
  'terminal/broken-terminals',
]

export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence
    const placed = files.map((file) => ({ file, at: placeOf(file.moduleId, seed) }))
    return Promise.resolve(placed.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ file }) => file))
  }
}

/** Compares as text. */
function placeOf(path: string, seed: number): string {
  const place = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`))
  if (place >= 0) return `0 ${String(place).padStart(3, '0')}`
  return `1 ${createHash('sha256').update(`${seed} ${path}`).digest('hex')}`
}
