/** What becomes wrong because time passes, or because a clock says that it has. Used by the doctor and by the running terminal. */
import type { CertificateFacts } from './facts.ts'

/** Before this program was written no clock can be right: a battery that is empty says 1970, or the day of its factory. */
const EARLIEST_MS = Date.UTC(2025, 0, 1)
/** A clock may have been put right by the network since the last event. */
const BACK_MS = 120_000
const DAY_MS = 86_400_000

export function isClockAncient(nowMs: number): boolean {
  return nowMs < EARLIEST_MS
}

/** The journal has an event of a later time than now. */
export function isClockBehind(nowMs: number, newestEventMs: number): boolean {
  return newestEventMs - nowMs > BACK_MS
}

/** Null: valid today and for longer than `soonDays`. */
export function certificateTrouble(
  { validFromMs, validToMs }: Pick<CertificateFacts, 'validFromMs' | 'validToMs'>,
  nowMs: number,
  soonDays: number,
): 'expired' | 'notYet' | 'soon' | null {
  if (validToMs <= nowMs) return 'expired'
  if (validFromMs > nowMs) return 'notYet'
  return validToMs - nowMs < soonDays * DAY_MS ? 'soon' : null
}
