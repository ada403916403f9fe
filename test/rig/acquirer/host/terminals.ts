/** The terminals the host knows, with their keys and batches. */
import type { WorkingKeys } from '../security/working-keys.ts'

const LAST_BATCH = 999_998

export type TerminalIdentity = {
  /** DE 41 (8 characters) and DE 42 (15 characters). */
  readonly tid: string
  readonly mid: string
}

export type Terminal = TerminalIdentity & {
  keys: WorkingKeys | null
  /** 60.2, six digits. */
  batch: string
  /** The totals of the batch were compared: the next number may be used. */
  settled: boolean
  signOns: number
}

/** A terminal that has never signed on. */
export function newTerminal(identity: TerminalIdentity): Terminal {
  return { ...identity, keys: null, batch: '000001', settled: false, signOns: 0 }
}

/** Opens the next batch: 1…999998, then 1 again. */
export function openNextBatch(terminal: Terminal): void {
  terminal.batch = batchAfter(terminal.batch)
  terminal.settled = false
}

/** True when a request may carry this 60.2. After settlement the next number is adopted. */
export function acceptBatch(terminal: Terminal, batch: string): boolean {
  if (batch === terminal.batch) return true
  if (!terminal.settled || batch !== batchAfter(terminal.batch)) return false
  openNextBatch(terminal)
  return true
}

function batchAfter(batch: string): string {
  const number = Number(batch)
  return String(number >= LAST_BATCH ? 1 : number + 1).padStart(6, '0')
}
