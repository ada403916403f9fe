/**
 * Medians of the processor's time over repeated runs, taken in turns, so that whatever else the machine does meets every contestant alike. The
 * time of all threads counts: who leaves more behind pays for its collection.
 */
import process from 'node:process'

const WARM_UP_MS = 300
const SAMPLE_MS = 2
const SAMPLES = 151

export type Task = { readonly name: string; readonly run: () => unknown }

export type Measured = { readonly name: string; readonly medianMicroseconds: number }

/** Microseconds of one run of each task. */
export function measure(tasks: readonly Task[]): readonly Measured[] {
  const ready = tasks.map((task) => ({
    task,
    rounds: warmUp(task.run),
    samples: new Array<number>(),
  }))
  for (let sample = 0; sample < SAMPLES; sample++) {
    for (const { task, rounds, samples } of ready) samples.push(timeOf(task.run, rounds))
  }
  return ready.map(({ task, samples }) => ({
    name: task.name,
    medianMicroseconds: median(samples),
  }))
}

/** Runs until the compiler has settled; gives the number of runs that fill one sample. */
function warmUp(run: () => unknown): number {
  const start = process.cpuUsage()
  let rounds = 0
  for (let spent = 0; spent < WARM_UP_MS * 1000; rounds++) {
    keep(run())
    if (rounds % 16 === 0) {
      const { system, user } = process.cpuUsage(start)
      spent = user + system
    }
  }
  return Math.max(1, Math.round((rounds * SAMPLE_MS) / WARM_UP_MS))
}

function timeOf(run: () => unknown, rounds: number): number {
  const start = process.cpuUsage()
  for (let round = 0; round < rounds; round++) keep(run())
  const { system, user } = process.cpuUsage(start)
  return (user + system) / rounds
}

/** Looks at a result, so that making it cannot be optimized away. */
function keep(result: unknown): void {
  if (result === keep) throw new Error('never')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
