/** Runs many scenarios, several shops at a time: most of a scenario is waiting. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { playScenario, type Verdict } from './play.ts'
import type { Scenario } from './scenario-file.ts'

/** Verdicts in the order of `scenarios`; `onVerdict` hears each when it is there. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  jobs: number,
  onVerdict: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> {
  // Compiled code of the program, kept for this run alone: a third less to start (measured: 1.3 s of processor time, then 0.9 s).
  const compiled = mkdtempSync(join(tmpdir(), 'compiled-'))
  const verdicts: Verdict[] = []
  const waiting = scenarios.entries()
  const work = async (): Promise<void> => {
    for (const [index, scenario] of waiting) {
      const verdict = await playScenario(scenario, compiled)
      verdicts[index] = verdict
      onVerdict(verdict)
    }
  }
  try {
    await Promise.all(Array.from({ length: jobs }, work))
  } finally {
    rmSync(compiled, { recursive: true, force: true })
  }
  return verdicts
}
