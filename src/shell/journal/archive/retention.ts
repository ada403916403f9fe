/**
 * Deletes what is older than the shop may keep it: the archive of a batch and its records, so that nobody finds them in the raw files.
 * Nothing younger goes, and what stays is still one chain.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { syncFolder } from '../durable.ts'
import { openForUpkeep } from './archive.ts'
import { archiveEntries, archiveName } from './archive-table.ts'

export type RetentionOutcome =
  | { readonly ok: true; readonly removed: number }
  | { readonly ok: false; readonly why: string }

/** Removes every archive whose last event is older than `beforeMs`. A cut in between is finished by the next run. Never throws. */
export function removeExpired(journal: string, beforeMs: number): RetentionOutcome {
  let db: DatabaseSync | null = null
  try {
    db = openForUpkeep(journal)
    const expired = archiveEntries(db).filter(({ at, isRemoved }) => !isRemoved && at < beforeMs)
    const newest = expired.at(-1)
    if (newest !== undefined) {
      forget(db, newest)
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    }
    for (const entry of archiveEntries(db))
      if (entry.isRemoved) overwrite(join(dirname(journal), archiveName(entry)))
    return { ok: true, removed: expired.length }
  } catch (cause) {
    return { ok: false, why: cause instanceof Error ? cause.message : 'unknown' }
  } finally {
    db?.close()
  }
}

/** More than this share of the file is free: giving it back is worth writing the file anew. */
const FREE_SHARE = 0.25

/** Writes the file anew without its holes, if there are enough of them. Seconds for a large one: only when nobody is served. Never throws. */
export function compact(journal: string): RetentionOutcome {
  let db: DatabaseSync | null = null
  try {
    db = openForUpkeep(journal)
    const free = Number(db.prepare('PRAGMA freelist_count').get()?.['freelist_count'])
    const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count'])
    if (free <= pages * FREE_SHARE) return { ok: true, removed: 0 }
    db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
    return { ok: true, removed: free }
  } catch (cause) {
    return { ok: false, why: cause instanceof Error ? cause.message : 'unknown' }
  } finally {
    db?.close()
  }
}

function forget(db: DatabaseSync, newest: { readonly last: number; readonly at: number }): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.prepare('UPDATE archive SET removed = 1 WHERE last <= ?').run(newest.last)
    db.prepare('DELETE FROM record WHERE at <= ?').run(newest.at)
    db.exec('COMMIT')
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw cause
  }
}

const CHUNK = Buffer.alloc(65_536)

/** Zeros over every byte, then the name. A flash disk may keep old cells all the same: there the whole disk is to be encrypted. */
function overwrite(file: string): void {
  if (!existsSync(file)) return
  const handle = openSync(file, 'r+')
  try {
    const { size } = statSync(file)
    for (let at = 0; at < size; )
      at += writeSync(handle, CHUNK, 0, Math.min(CHUNK.length, size - at), at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  unlinkSync(file)
  syncFolder(dirname(file))
}
