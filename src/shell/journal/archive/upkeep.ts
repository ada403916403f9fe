/**
 * What is done to the journal while nobody is served: the mark of how far it has come, archives, deletion of what is too old, backups.
 * Whatever fails is shown as a standing fault and tried again; no sale waits for any of it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#core/ports/clock.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Disk } from '../../keys/disk.ts'
import type { Note } from '../../log.ts'
import { backupJournal } from '../backup/backup.ts'
import { type BackupSettings, backupName, isBackupDue, thinOut } from '../backup/backup-schedule.ts'
import { KEY_CHARACTERS_LEAST } from '../backup/sealed-file.ts'
import { markOf, writeMark } from '../mark.ts'
import { createAgeGuard } from './age-guard.ts'
import { archiveOldest } from './archive.ts'
import { compact, removeExpired } from './retention.ts'

export type UpkeepParts = {
  readonly journal: string
  readonly markFile: string
  readonly settings: {
    readonly archiveAfterDays: number
    readonly keepDays: number
    readonly backup?: BackupSettings | undefined
  }
  readonly state: () => TerminalState
  readonly disk: Disk
  readonly clock: Clock
  readonly random: (length: number) => Uint8Array
  readonly note: Note
  /** Told after every change. */
  readonly onFaults: (faults: readonly UpkeepFault[]) => void
}

/** Keys of `faults` in the locales. */
type UpkeepFault = 'backupFailed' | 'upkeepFailed'

export type Upkeep = {
  readonly start: () => void
  /** Waits for a backup under way; what else there is takes no waiting. */
  readonly stop: () => Promise<void>
}

const LOOK_EVERY_MS = 60_000
/** A medium that was pulled out is not asked for every minute. */
const RETRY_AFTER_MS = 600_000
const DAY_MS = 86_400_000

export function createUpkeep(parts: UpkeepParts): Upkeep {
  const { clock, note } = parts
  const faults = new Set<UpkeepFault>()
  const notBefore: Record<UpkeepFault, number> = { backupFailed: 0, upkeepFailed: 0 }
  let stopTimer = (): void => undefined
  let isOver = false
  let underWay = Promise.resolve()

  /** Null is well. */
  const tell = (fault: UpkeepFault, why: string | null): void => {
    if (why !== null) {
      note(fault, { why })
      notBefore[fault] = clock.monotonicMs() + RETRY_AFTER_MS
    }
    if (faults.has(fault) === (why !== null)) return
    if (why === null) faults.delete(fault)
    else faults.add(fault)
    parts.onFaults([...faults])
  }
  let marked = 0
  const keepMark = (): string | null => {
    try {
      const mark = markOf(parts.journal)
      if (mark !== null && mark.seq !== marked) writeMark(parts.markFile, mark, parts.disk)
      marked = mark?.seq ?? 0
      return null
    } catch (cause) {
      return reasonOf(cause)
    }
  }
  const ages = createAgeGuard(clock)
  const mayTry = (fault: UpkeepFault): boolean => clock.monotonicMs() >= notBefore[fault]

  const look = (): void => {
    stopTimer = clock.after(LOOK_EVERY_MS, look)
    const newestEvent = parts.state().at
    ages.look()
    if (!isIdle(parts.state())) return
    if (mayTry('upkeepFailed'))
      tell('upkeepFailed', keepMark() ?? (ages.mayBeTrusted(newestEvent) ? tidy(parts) : null))
    const { backup } = parts.settings
    const now = { wallMs: clock.wallMs(), batch: parts.state().counters.batch }
    if (backup === undefined || !mayTry('backupFailed') || !isBackupDue(backup, now)) return
    stopTimer()
    underWay = takeBackup(parts, backup, now).then((why) => {
      tell('backupFailed', why)
      if (!isOver) stopTimer = clock.after(LOOK_EVERY_MS, look)
    })
  }

  return {
    start: () => {
      stopTimer = clock.after(LOOK_EVERY_MS, look)
    },
    stop: async () => {
      isOver = true
      stopTimer()
      await underWay
      const why = keepMark()
      if (why !== null) note('upkeepFailed', { why })
    },
  }
}

/** Nobody is at the counter, nothing is out, nothing is printing: half a second of work is not noticed. */
export function isIdle({ step, reversal, advice, settlement, slips }: TerminalState): boolean {
  const isHome = step.kind === 'signIn' || (step.kind === 'amount' && step.typed === '')
  const prints = slips.some((job) => job.state === 'printing' || job.state === 'awaitingTear')
  return isHome && reversal === null && advice === null && settlement === null && !prints
}

/** One batch at most in one go. Null is well, otherwise why not. */
function tidy(parts: UpkeepParts): string | null {
  const { clock, journal, note, settings } = parts
  const before = (days: number): number => clock.wallMs() - days * DAY_MS
  const archived = archiveOldest(journal, before(settings.archiveAfterDays))
  if (!archived.ok) return archived.why
  if (archived.moved !== null)
    note('archived', { batch: archived.moved.batch, last: archived.moved.last })
  const expired = removeExpired(journal, before(settings.keepDays))
  if (!expired.ok) return expired.why
  if (expired.removed > 0) note('archives deleted', { count: expired.removed })
  if (archived.moved === null && expired.removed === 0) return null
  const compacted = compact(journal)
  return compacted.ok ? null : compacted.why
}

async function takeBackup(
  { journal, random }: UpkeepParts,
  settings: BackupSettings,
  now: { readonly wallMs: number; readonly batch: number },
): Promise<string | null> {
  try {
    const [key = ''] = readFileSync(settings.keyFile, 'utf8').split(/\r?\n/)
    if (key.length < KEY_CHARACTERS_LEAST) return 'the key is short'
    const target = join(settings.folder, backupName(now))
    const outcome = await backupJournal({ journal, target, key, isThorough: false, random })
    if (!outcome.ok) return outcome.why
    thinOut(settings)
    return null
  } catch (cause) {
    return reasonOf(cause)
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown'
}
