/** Looks every hour at what becomes wrong by the mere passing of time, and keeps it on the screens until it is mended: clock, certificates, old logs. */
import type { Clock } from '#core/ports/clock.ts'
import type { CertificateFacts } from '../doctor/facts.ts'
import { certificateTrouble, isClockAncient, isClockBehind } from '../doctor/passing-time.ts'
import type { Note } from '../log.ts'

export type WatchParts = {
  readonly clock: Clock
  /** As the terminal has loaded them. Throws when one cannot be read. */
  readonly certificates: () => readonly CertificateFacts[]
  readonly certificateDays: number
  /** Wall time of the newest event of the journal. */
  readonly newestEventMs: () => number
  readonly tidyLog: (wallMs: number) => void
  readonly note: Note
  /** Told at the first look, and after every change. */
  readonly onFaults: (faults: readonly WatchFault[]) => void
}

/** Keys of `faults` in the locales. */
type WatchFault = 'clockWrong' | 'certificateSoon' | 'certificateExpired'

const LOOK_EVERY_MS = 3_600_000

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
  const { certificateDays, newestEventMs } = parts
  // With a wrong clock every certificate looks wrong, and none of them is.
  if (isClockAncient(now) || isClockBehind(now, newestEventMs())) return ['clockWrong']
  const troubles = readable(parts).map((one) => certificateTrouble(one, now, certificateDays))
  if (troubles.some((trouble) => trouble === 'expired' || trouble === 'notYet'))
    return ['certificateExpired']
  return troubles.includes('soon') ? ['certificateSoon'] : []
}

function readable({ certificates, note }: WatchParts): readonly CertificateFacts[] {
  try {
    return certificates()
  } catch (cause) {
    note('certificates cannot be read', { detail: cause instanceof Error ? cause.message : '' })
    return []
  }
}
