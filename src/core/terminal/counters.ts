/** Numbers that never repeat and never go back, whatever the clock does. */
import type { TerminalState } from './state.ts'

const LAST_STAN = 999_999
/** Highest batch number (60.2); 999999 is kept out because some hosts use it as "unknown". */
export const LAST_BATCH = 999_998
const JOB_RADIX = 36
const JOB_SPACE = JOB_RADIX ** 4

/** Six digits for DE 11 and the state after it is used; 999999 is followed by 1. */
export function takeStan(state: TerminalState): {
  readonly stan: string
  readonly state: TerminalState
} {
  const stan = state.counters.stan
  const following = stan >= LAST_STAN ? 1 : stan + 1
  return { stan: sixDigits(stan), state: counted(state, { ...state.counters, stan: following }) }
}

/** The batch behind one that is closed; 1 follows the last. */
export function batchAfter(batch: number): number {
  return batch >= LAST_BATCH ? 1 : batch + 1
}

export function takeOrder(state: TerminalState): {
  readonly id: number
  readonly state: TerminalState
} {
  const id = state.counters.order
  return { id, state: counted(state, { ...state.counters, order: id + 1 }) }
}

export function takeRead(state: TerminalState): {
  readonly read: number
  readonly state: TerminalState
} {
  const read = state.counters.read
  return { read, state: counted(state, { ...state.counters, read: read + 1 }) }
}

/** Four printable characters, as the printer's process-ID command wants. */
export function takeJob(state: TerminalState): {
  readonly job: string
  readonly state: TerminalState
} {
  const count = state.counters.job
  const job = (count % JOB_SPACE).toString(JOB_RADIX).toUpperCase().padStart(4, '0')
  return { job, state: counted(state, { ...state.counters, job: count + 1 }) }
}

export function sixDigits(value: number): string {
  return String(value).padStart(6, '0')
}

function counted(state: TerminalState, counters: TerminalState['counters']): TerminalState {
  return { ...state, counters }
}
