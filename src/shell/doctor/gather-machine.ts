/** Finds out about disk, journal and udev rules. Reads only. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SystemTree } from '../devices/system-tree.ts'
import { FALSE_PROOF } from '../journal/proof.ts'
import { RESERVE_BYTES } from '../journal/reserve.ts'
import { verifyTail } from '../journal/verify/verify.ts'
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
  if (!existsSync(file)) return { kind: 'absent' }
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
    const verified = verifyTail(db)
    if (!verified.ok) return { kind: 'damaged', why: verified.why }
    const key = findJournalKey(data, createDisk())
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
