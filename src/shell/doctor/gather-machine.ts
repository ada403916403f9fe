/** Finds out about disk, journal and udev rules. Reads only. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { readChecked } from '../care/journal-check.ts'
import type { SystemTree } from '../devices/system-tree.ts'
import { unfinishedRestore } from '../journal/backup/restore.ts'
import { fitsMark, readMark } from '../journal/mark.ts'
import { FALSE_PROOF } from '../journal/proof.ts'
import { openReader } from '../journal/reader.ts'
import { RESERVE_BYTES } from '../journal/reserve.ts'
import { JOURNAL_VERSION } from '../journal/schema.ts'
import { verifyJournal, verifyTail } from '../journal/verify/verify.ts'
import { headOrigin } from '../journal/verify/verify-origin.ts'
import { createDisk } from '../keys/disk.ts'
import { findJournalKey } from '../keys/journal-key.ts'
import type { DoctorFacts } from './facts.ts'

const RULE_FOLDERS = [
  '/etc/udev/rules.d',
  '/run/udev/rules.d',
  '/usr/local/lib/udev/rules.d',
  '/usr/lib/udev/rules.d',
]

export function lookAtDisk(
  data: string,
  freeBytes: (folder: string) => number | null,
): DoctorFacts['disk'] {
  const size = statSync(join(data, 'journal.reserve'), { throwIfNoEntry: false })?.size
  const hasRun = existsSync(join(data, 'journal.db'))
  return {
    freeBytes: freeBytes(data),
    writable: isWritable(data),
    reserve: size === RESERVE_BYTES ? 'whole' : hasRun ? 'missing' : 'notYet',
  }
}

/** Room that a program without special rights may fill; null when the system does not tell. */
export function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    // No such folder yet: nothing can be said.
    return null
  }
}

/** The end of the chain and the time of the last event: what a start looks at too. `journal verify` walks all of it. */
export function lookAtJournal(data: string): DoctorFacts['journal'] {
  const file = join(data, 'journal.db')
  const disk = createDisk()
  // Before the journal: beside a running terminal both go on, the mark behind.
  const mark = readMark(join(data, 'journal.mark'), disk)
  if (!existsSync(file) && existsSync(unfinishedRestore(file)))
    return { kind: 'refused', why: 'halfRestored' }
  if (!existsSync(file))
    return mark === null ? { kind: 'absent' } : { kind: 'refused', why: 'gone' }
  let db: DatabaseSync | null = null
  try {
    db = openReader(file)
    if (Number(db.prepare('PRAGMA user_version').get()?.['user_version']) > JOURNAL_VERSION)
      return { kind: 'refused', why: 'newer' }
    // After a bad reading through the start reads all of it again too.
    const wasBad = readChecked(join(data, 'journal.checked'), disk)?.ok === false
    const verified = wasBad ? verifyJournal(file) : verifyTail(db)
    if (!verified.ok) return { kind: 'damaged', why: verified.why }
    const fit = mark === null ? 'fits' : fitsMark(file, mark)
    if (fit !== 'fits') return { kind: 'refused', why: fit }
    const key = findJournalKey(data, disk)
    const origin = key === null || verified.events === 0 ? null : headOrigin(db, key).origin
    if (origin === 'forged') return { kind: 'damaged', why: FALSE_PROOF }
    const last = db.prepare('SELECT max(at) AS at FROM event').get()?.['at']
    const { events } = verified
    const found = origin ?? (events === 0 ? 'own' : 'keyMissing')
    return { kind: 'whole', events, lastMs: Number(last ?? 0), origin: found }
  } catch (cause) {
    return { kind: 'damaged', why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

/** What belongs to another user than the folder itself. Folders in it are named and not entered. */
export function foreignFiles(data: string): readonly string[] {
  const owner = statSync(data, { throwIfNoEntry: false })?.uid
  if (owner === undefined) return []
  try {
    return readdirSync(data).filter(
      (name) => (lstatSync(join(data, name), { throwIfNoEntry: false })?.uid ?? owner) !== owner,
    )
  } catch {
    // A folder that cannot be listed has a line of its own.
    return []
  }
}

export function hasRules(tree: SystemTree): boolean {
  return RULE_FOLDERS.some((folder) =>
    tree
      .list(folder)
      .filter((name) => name.endsWith('.rules'))
      .some((name) => tree.text(`${folder}/${name}`)?.includes('SYMLINK+="pos/') === true),
  )
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    // Missing, read-only or not ours.
    return false
  }
}
