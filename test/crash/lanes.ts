/** Breaks something at one call after another, several at a time, until the first run that passes untouched. */

export type Run = { readonly touched: boolean; readonly findings: readonly string[] }
export type Walked = {
  readonly name: string
  readonly runs: number
  readonly findings: readonly string[]
}

export type Walk = {
  readonly name: string
  /** More calls than there are: a walk that gets here never passed untouched. */
  readonly limit: number
  /** Breaks each of these calls, counted from 1; one run for each, in the same order. */
  readonly breakAt: (turns: readonly number[]) => Promise<readonly Run[]>
  /** How many calls `breakAt` takes at a time. */
  readonly atOnce: number
}

/** `step`: 1 breaks every call, 10 every tenth. `lanes`: how many `breakAt` are under way at a time. */
export async function walkInLanes(
  { name, limit, breakAt, atOnce }: Walk,
  step: number,
  lanes: number,
): Promise<Walked> {
  const findings: string[] = []
  let runs = 0
  let next = 1
  let passed = false
  const lane = async (): Promise<void> => {
    while (!passed && next <= limit) {
      const turns = Array.from({ length: atOnce }, (_, index) => next + index * step)
      next += atOnce * step
      for (const [index, run] of (await breakAt(turns)).entries()) {
        if (run.touched) runs += 1
        else passed = true
        for (const finding of run.findings) findings.push(`${name} at ${turns[index]}: ${finding}`)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (!passed) findings.push(`${name}: no run passed untouched`)
  return { name, runs, findings }
}
