/** The simulation's faults on request: each strikes when it was armed, and only then. */
import type { Fault, Faults } from '../simulation/faults.ts'

export type PlannedFaults = Faults & {
  /** Strikes once, after `skip` chances have passed. */
  readonly arm: (fault: Fault, skip?: number) => void
  /** True while one waits for its chance. */
  readonly isArmed: (fault: Fault) => boolean
}

export function createPlannedFaults(): PlannedFaults {
  const armed = new Map<Fault, number>()
  const counts = new Map<Fault, number>()
  return {
    counts,
    arm: (fault, skip = 0) => void armed.set(fault, skip),
    isArmed: (fault) => armed.has(fault),
    calm: () => armed.clear(),
    strikes: (fault) => {
      if (armed.size === 0) return false
      const skip = armed.get(fault)
      if (skip === undefined) return false
      if (skip > 0) armed.set(fault, skip - 1)
      else {
        armed.delete(fault)
        counts.set(fault, (counts.get(fault) ?? 0) + 1)
      }
      return skip === 0
    },
  }
}
