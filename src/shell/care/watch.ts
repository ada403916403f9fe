/**
 * Looks every hour at what becomes wrong by the mere passing of time, and keeps it on the screens until it is mended: clock, certificates, old logs,
 * and a check of the machine that nobody has made. */
import type { Clock } from '#core/ports/clock.ts'
import type { CertificateFacts } from '../doctor/facts.ts'
import { certificateTrouble, isClockAncient, isClockBehind } from '../doctor/passing-time.ts'
import type { Note } from '../log.ts'

export type WatchParts = {
  readonly clock: Clock
  /** As the terminal has loaded them. Throws when one cannot be read. */
  readonly certificates: () => readonly CertificateFacts[]
  readonly certificateDays: number
  /** When the doctor was here last; null: never, or its book cannot be read. */
  readonly lastCheckMs: () => number | null
  /** So often the machine is to be looked at; 0: nobody asks. */
  readonly checkDays: number
  /** Wall time of the newest event of the journal. */
  readonly newestEventMs: () => number
  readonly tidyLog: (wallMs: number) => void
  readonly note: Note
  /** Told at the first look, and after every change. */
  readonly onFaults: (faults: readonly WatchFault[]) => void
}

/** Keys of `faults` in the locales. */
type WatchFault = 'clockWrong' | 'certificateSoon' | 'certificateExpired' | 'checkOverdue'

const LOOK_EVERY_MS = 3_600_000
const DAY_MS = 86_400_000

export type Watch = { readonly start: () => void; readonly stop: () => void }

/** Looks when it is started, then every hour. Safe to stop twice. */
export function createWatch(parts: WatchParts): Watch {
  const { clock, note, onFaults } = parts
  let stopTimer = (): void => undefined
  let shown = ''
  const look = (): void => {
    stopTimer = clock.after(LOOK_EVERY_MS, look)
    const now = clock.wallMs()
    const faults = lookAround(parts, now)
    // A clock that cannot be right says nothing about the age of a file.
    if (!faults.includes('clockWrong')) parts.tidyLog(now)
    if (faults.join() === shown) return
    shown = faults.join()
    if (shown !== '') note('standing trouble', { faults: shown })
    onFaults(faults)
  }
  return { start: look, stop: () => stopTimer() }
}

function lookAround(parts: WatchParts, now: number): readonly WatchFault[] {
  const { newestEventMs } = parts
  // With a wrong clock every certificate looks wrong, and none of them is.
  if (isClockAncient(now) || isClockBehind(now, newestEventMs())) return ['clockWrong']
  return [
    ...certificateFaults(parts, now),
    ...(isOverdue(parts, now) ? ['checkOverdue' as const] : []),
  ]
}

function certificateFaults(parts: WatchParts, now: number): readonly WatchFault[] {
  const { certificateDays } = parts
  const troubles = readable(parts).map((one) => certificateTrouble(one, now, certificateDays))
  if (troubles.some((trouble) => trouble === 'expired' || trouble === 'notYet'))
    return ['certificateExpired']
  return troubles.includes('soon') ? ['certificateSoon'] : []
}

/** Ideas S0-14, S1-13, S3-13. A visit of tomorrow was made by a clock that was wrong then, and is as good as one of today. */
function isOverdue({ checkDays, lastCheckMs }: WatchParts, now: number): boolean {
  if (checkDays === 0) return false
  const last = lastCheckMs()
  return last === null || now - last > checkDays * DAY_MS
}

function readable({ certificates, note }: WatchParts): readonly CertificateFacts[] {
  try {
    return certificates()
  } catch (cause) {
    note('certificates cannot be read', { detail: cause instanceof Error ? cause.message : '' })
    return []
  }
}
