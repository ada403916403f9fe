/** What a run of the simulation tells people. */
import type { SeedResult } from './run-seed.ts'
import type { Totals } from './simulate.ts'

/** A broken seed: the sentence, what happened last, and the one command that shows it again. */
export function tellBroken(result: SeedResult, sales: number): string {
  return [
    `seed ${result.seed}: ${result.broken}`,
    ...result.story.map((line) => `  ${line}`),
    replayCommand(result.seed, sales),
  ].join('\n')
}

export function replayCommand(seed: number, sales: number): string {
  return `replay: suretill-rig simulate --seeds ${seed}..${seed} --sales ${sales}`
}

export function tellTotals(totals: Totals): string {
  const whole = (value: number) => Math.round(value).toLocaleString('en-US')
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, times]) => `${name} ${whole(times)}`)
      .join(', ')
  return [
    `${whole(totals.seeds)} seeds, ${totals.broken.length} broken`,
    `${whole(totals.sales)} requests sent, ${whole(totals.events)} events, ${whole(totals.commits)} commits, ${whole(totals.starts)} starts`,
    `approved: ${list(totals.approved)}`,
    `${totals.terminalYears.toFixed(2)} terminal-years simulated in ${totals.cpuSeconds.toFixed(1)} s of one core: ${whole(totals.approvedPerSecond)} approved sales/s, ${whole(totals.requestsPerSecond)} requests/s, ${totals.seedsPerSecond.toFixed(1)} seeds/s`,
    `${whole(totals.slipsLeftWaiting)} slips waited at an idle printer for the next sale`,
    `faults: ${list(totals.faults)}`,
  ].join('\n')
}
