/** One thing at a time at the printer: a job, or a look at its status. */

export type Turns = {
  /** Runs `task` when everything before it has ended. Null when too many wait. */
  take<Result>(task: () => Promise<Result>): Promise<Result | null>
}

/** `limit` counts the tasks that wait or run. */
export function createTurns(limit: number): Turns {
  let last: Promise<unknown> = Promise.resolve()
  let count = 0
  return {
    async take(task) {
      if (count >= limit) return null
      count += 1
      const turn = last.then(task)
      last = turn
      try {
        return await turn
      } finally {
        count -= 1
      }
    },
  }
}
