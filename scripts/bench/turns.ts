/** Medians of things that wait for a disk or a line, taken in turns, so that whatever else the machine does meets all of them alike. */

type Task = { readonly name: string; readonly run: () => unknown }

/** Rounds that warm up and are not counted. */
const WARM_UP = 5

/** Median milliseconds of each task, by its name. Every round begins with another task: whoever comes behind a certain one may suffer from it. */
export async function inTurns(
  tasks: readonly Task[],
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const samples = new Map(tasks.map(({ name }) => [name, new Array<number>()]))
  for (let round = -WARM_UP; round < rounds; round++) {
    const first = (round + WARM_UP) % tasks.length
    for (const { name, run } of [...tasks.slice(first), ...tasks.slice(0, first)]) {
      const start = performance.now()
      await run()
      if (round >= 0) samples.get(name)?.push(performance.now() - start)
    }
  }
  return new Map(Array.from(samples, ([name, values]) => [name, median(values)]))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

export function ratioLine(what: string, ratio: number, goal: string, detail: string): string {
  return `${what.padEnd(52)} ${ratio.toFixed(2).padStart(6)}   goal ${goal.padEnd(6)} ${detail}`
}

export function ms(value: number): string {
  return `${value.toFixed(3)} ms`
}
