/** Several watchers, one list: each hands in its own standing troubles, and the screens get all of them. */

export type FaultBoard = {
  /** The list of one watcher takes the place of the one that it gave before. */
  readonly from: (watcher: string) => (faults: readonly string[]) => void
}

/** `show` is told after every change, in the order in which the watchers first spoke. */
export function createFaultBoard(show: (faults: readonly string[]) => void): FaultBoard {
  const lists = new Map<string, readonly string[]>()
  return {
    from: (watcher) => (faults) => {
      lists.set(watcher, faults)
      show([...lists.values()].flat())
    },
  }
}
