/** The state of the bench with a number that grows with every change, for as many onlookers as there are. */
import type { Controls } from './controls.ts'
import type { BenchState } from './state.ts'

export type CountedState = {
  state(): BenchState
  /** The returned function ends it. */
  onChange(listener: () => void): () => void
}

/** Numbers the states, so that a page never draws an older one over a newer. */
export function countRevisions(controls: Controls): CountedState {
  let revision = 1
  const listeners = new Set<() => void>()
  const changed = (): void => {
    revision += 1
    for (const listener of listeners) listener()
  }
  controls.onChange(changed)
  controls.terminal?.onChange(changed)
  return {
    state: () => ({
      ...controls.state(),
      terminal: controls.terminal?.state() ?? null,
      revision,
    }),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
