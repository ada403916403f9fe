/**
 * Moves the events of closed batches out of the journal, one file for each batch. The file is whole, synced and read back before a row is
 * deleted; the rows that stay are chained to its last one. A cut in between leaves both, and the next run begins anew.
 */
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { putInPlace } from '../durable.ts'
import { readLines } from '../lines/read-lines.ts'
import { linesUpTo } from '../lines/stretch.ts'
import { prepareSchema } from '../schema.ts'
import { verifyLines } from '../verify/line-chain.ts'
import { type ArchiveEntry, archiveEntries, archiveName } from './archive-table.ts'

export type ArchiveOutcome =
  | { readonly ok: true; readonly moved: ArchiveEntry }
  /** No closed batch is old enough. */
  | { readonly ok: true; readonly moved: null }
  | { readonly ok: false; readonly why: string }

/** Moves the oldest closed batch whose last event is older than `beforeMs`. Takes the time of some ten thousand rows. Never throws. */
export function archiveOldest(journal: string, beforeMs: number): ArchiveOutcome {
  let db: DatabaseSync | null = null
  let fresh = ''
  try {
    db = openForUpkeep(journal)
    const due = oldestClosed(db, beforeMs)
    if (due === null) return { ok: true, moved: null }
    const file = join(dirname(journal), archiveName(due))
    fresh = `${file}.part`
    const digest = writeLines(fresh, db, due.last)
    const read = verifyLines(readLines(fresh))
    const fits =
      read.ok && read.last === due.last && read.head === Buffer.from(due.head).toString('hex')
    if (!fits) return { ok: false, why: read.ok ? 'the archive ends elsewhere' : read.why }
    putInPlace(fresh, file)
    const moved = { ...due, digest, isRemoved: false }
    dropArchived(db, moved)
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    return { ok: true, moved }
  } catch (cause) {
    return { ok: false, why: cause instanceof Error ? cause.message : 'unknown' }
  } finally {
    db?.close()
    discard(fresh)
  }
}

function discard(file: string): void {
  try {
    if (file !== '') rmSync(file, { force: true })
  } catch {
    // Whatever bears that name is not ours; the next run meets it again and says so.
  }
}

/** A second connection with the settings of the first: what it deletes is overwritten. Throws when it cannot have them. */
export function openForUpkeep(journal: string): DatabaseSync {
  const db = new DatabaseSync(journal, { timeout: 2000 })
  const outcome = prepareSchema(db)
  if (outcome === 'ready') return db
  db.close()
  throw new Error(`the journal cannot be kept up: ${outcome}`)
}

type Closed = Omit<ArchiveEntry, 'digest' | 'isRemoved'>

/** From the end of the last archive to the first checkpoint at which the batch had moved. */
function oldestClosed(db: DatabaseSync, beforeMs: number): Closed | null {
  const after = archiveEntries(db).at(-1)?.last ?? 0
  const end = db
    .prepare(
      `SELECT event.seq, event.at, event.hash,
         (SELECT before.batch FROM checkpoint AS before WHERE before.id < checkpoint.id ORDER BY before.id DESC LIMIT 1) AS batch
       FROM checkpoint JOIN event USING (seq) WHERE why = 'batch' AND checkpoint.seq > ? ORDER BY id LIMIT 1`,
    )
    .get(after)
  const head = end?.['hash']
  if (end === undefined || !(head instanceof Uint8Array)) return null
  const at = Number(end['at'])
  if (at >= beforeMs) return null
  const last = Number(end['seq'])
  return { first: after + 1, last, batch: Number(end['batch'] ?? 0), at, head }
}

/** Gives the SHA-256 of what it wrote; synced when it returns. */
function writeLines(file: string, db: DatabaseSync, to: number): Uint8Array {
  const hash = createHash('sha256')
  const handle = openSync(file, 'w', 0o600)
  let end = 0
  try {
    for (const line of linesUpTo(db, to)) {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
      hash.update(bytes)
      for (let at = 0; at < bytes.length; )
        at += writeSync(handle, bytes, at, bytes.length - at, end + at)
      end += bytes.length
    }
    fsyncSync(handle)
    return hash.digest()
  } finally {
    closeSync(handle)
  }
}

function dropArchived(db: DatabaseSync, entry: ArchiveEntry): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.prepare(
      'INSERT INTO archive (last, first, batch, at, head, digest) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(entry.last, entry.first, entry.batch, entry.at, entry.head, entry.digest)
    db.prepare('DELETE FROM event WHERE seq <= ?').run(entry.last)
    // The checkpoint at its end is where the rest begins.
    db.prepare('DELETE FROM checkpoint WHERE seq < ?').run(entry.last)
    db.exec('COMMIT')
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw cause
  }
}
