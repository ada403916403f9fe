/** Where the power may go: before and after every write, before every effect, before every picture on the screen. */
import type { Faults } from './faults.ts'
import { PowerCut } from './interruptions.ts'
import type { Random } from './random.ts'

type Boundary = 'beforeCommit' | 'afterCommit' | 'effect'

export type Power = {
  /** Passed by the process at each point where losing power makes a difference. Throws `PowerCut` when it goes. */
  readonly boundary: (where: Boundary) => void
  /** Told at each start: the power may go again while the terminal wakes up. */
  readonly started: () => void
  /** Boundaries passed so far. */
  readonly passed: () => number
}

const FAULT_AT = {
  beforeCommit: 'cutBeforeCommit',
  afterCommit: 'cutAfterCommit',
  effect: 'cutBetweenEffects',
} as const

/** A start passes about this many boundaries. */
const WAKING_BOUNDARIES = 8

/** `cuts`: exact boundaries, each counted from the one before, for walks through every one of them. */
export function createPower(faults: Faults, random: Random, cuts: readonly number[] = []): Power {
  // One for all: making an error costs more than a sale.
  const cut = new PowerCut('the power went')
  let passed = 0
  let next = 0
  let untilExact = cuts[0] ?? -1
  let untilWakingCut = -1
  const goes = (where: Boundary): boolean => {
    if (untilExact >= 0 && untilExact-- === 0) {
      next += 1
      untilExact = cuts[next] ?? -1
      return true
    }
    if (untilWakingCut >= 0 && untilWakingCut-- === 0) return true
    return faults.strikes(FAULT_AT[where])
  }
  return {
    boundary: (where) => {
      passed += 1
      if (goes(where)) throw cut
    },
    started: () => {
      untilWakingCut = faults.strikes('cutAgain') ? random.between(0, WAKING_BOUNDARIES) : -1
    },
    passed: () => passed,
  }
}
