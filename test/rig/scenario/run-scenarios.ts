/** Runs many scenarios, several shops at a time: most of a scenario is waiting. */
import type { TerminalCommand } from '../shipped-program.ts'
import { playScenario, type Verdict } from './play.ts'
import type { Scenario } from './scenario-file.ts'

export type RunOptions = {
  /** Shops at a time. */
  readonly jobs: number
  /** What is the terminal. */
  readonly program: TerminalCommand
  /** Hears each verdict when it is there. */
  readonly onVerdict: (verdict: Verdict) => void
}

/** Verdicts in the order of `scenarios`. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  { jobs, program, onVerdict }: RunOptions,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  const waiting = scenarios.entries()
  const work = async (): Promise<void> => {
    for (const [index, scenario] of waiting) {
      const verdict = await playScenario(scenario, program)
      verdicts[index] = verdict
      onVerdict(verdict)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return verdicts
}
