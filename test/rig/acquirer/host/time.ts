/** The host's clock: Beijing time by default, whatever zone the machine is in. */

/** What the host needs of time. Real or virtual. */
export interface HostClock {
  /** Milliseconds since 1970. */
  wallMs(): number
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void
}

export type HostTime = {
  readonly ms: number
  /** DE 12, DE 13 and the month for expiry checks. */
  readonly hhmmss: string
  readonly mmdd: string
  readonly yymm: string
}

export const BEIJING_OFFSET_MINUTES = 480

/** Local time of the host at `ms`. */
export function hostTime(ms: number, offsetMinutes: number): HostTime {
  const iso = new Date(ms + offsetMinutes * 60_000).toISOString()
  return {
    ms,
    hhmmss: iso.slice(11, 19).replaceAll(':', ''),
    mmdd: iso.slice(5, 10).replace('-', ''),
    yymm: iso.slice(2, 7).replace('-', ''),
  }
}
