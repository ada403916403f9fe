/** When the next backup is due, told from the names of those that are there: it is right after a restart and after a lost medium. */

import { readdirSync } from 'node:fs'
import { keepNewest } from './backup.ts'

export type BackupSettings = {
  readonly folder: string
  readonly keyFile: string
  readonly afterBatch: boolean
  /** `hh:mm`, China time. */
  readonly at: readonly string[]
  /** The newest so many stay. */
  readonly keep: number
}

/** `journal-<time in ms>-<open batch>.backup`: sorts by time. */
const NAME = /^journal-(\d{15})-(\d{6})\.backup$/
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const SHOP_OFFSET_MS = 28_800_000

export type Moment = { readonly wallMs: number; readonly batch: number }

export function backupName({ batch, wallMs }: Moment): string {
  return `journal-${String(wallMs).padStart(15, '0')}-${String(batch).padStart(6, '0')}.backup`
}

/** True when the batch has moved, or one of the times of day has passed, since the newest backup. A folder that cannot be read has none. */
export function isBackupDue(settings: BackupSettings, now: Moment): boolean {
  const newest = newestBackup(settings.folder)
  if (newest === null) return true
  if (settings.afterBatch && newest.batch !== now.batch) return true
  return settings.at.some((time) => newest.wallMs < lastTime(time, now.wallMs))
}

/** Deletes what is more than `keep`. Throws when the folder cannot be read. */
export function thinOut({ folder, keep }: BackupSettings): void {
  keepNewest(folder, NAME, keep)
}

function newestBackup(folder: string): Moment | null {
  const name = namesIn(folder).findLast((one) => NAME.test(one))
  const [, wallMs, batch] = name === undefined ? [] : (NAME.exec(name) ?? [])
  return wallMs === undefined ? null : { wallMs: Number(wallMs), batch: Number(batch) }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    // Not there yet, or the medium is out: making the backup will say so.
    return []
  }
}

/** The last moment at which the shop's clock showed this time of day. */
function lastTime(time: string, wallMs: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const local = wallMs + SHOP_OFFSET_MS
  const today = Math.floor(local / DAY_MS) * DAY_MS + (hours * 60 + minutes) * MINUTE_MS
  return (today <= local ? today : today - DAY_MS) - SHOP_OFFSET_MS
}
