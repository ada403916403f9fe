/** Runs many scenarios, several shops at a time: most of a scenario is waiting. */
import { playScenario, type Verdict } from './play.ts'
import type { Scenario } from './scenario-file.ts'

/** Verdicts in the order of `scenarios`; `onVerdict` hears each when it is there. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  jobs: number,
  onVerdict: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  const waiting = scenarios.entries()
  const work = async (): Promise<void> => {
    for (const [index, scenario] of waiting) {
      const verdict = await playScenario(scenario)
      verdicts[index] = verdict
      onVerdict(verdict)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return verdicts
}
