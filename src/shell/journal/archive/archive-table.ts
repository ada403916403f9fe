/** Which stretches of the journal lie in files of their own, and where the chain goes on behind them. */
import type { DatabaseSync } from 'node:sqlite'

export type ArchiveEntry = {
  /** First and last event in it. */
  readonly first: number
  readonly last: number
  /** The batch that ends in it. */
  readonly batch: number
  /** Wall time of its last event, in milliseconds. */
  readonly at: number
  /** The hash of its last event: what follows in the main file is chained to it. */
  readonly head: Uint8Array
  /** SHA-256 of the file. */
  readonly digest: Uint8Array
  /** The file was deleted because its time was over. */
  readonly isRemoved: boolean
}

export const ARCHIVE_TABLE = `
  CREATE TABLE archive (
    last INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    at INTEGER NOT NULL,
    head BLOB NOT NULL,
    digest BLOB NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0
  ) STRICT;
`

/** Oldest first; none in a journal of before. */
export function archiveEntries(db: DatabaseSync): readonly ArchiveEntry[] {
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'archive'").get() === undefined)
    return []
  return db
    .prepare('SELECT first, last, batch, at, head, digest, removed FROM archive ORDER BY last')
    .all()
    .map((row) => ({
      first: Number(row['first']),
      last: Number(row['last']),
      batch: Number(row['batch']),
      at: Number(row['at']),
      head: bytesOf(row['head']),
      digest: bytesOf(row['digest']),
      isRemoved: row['removed'] !== 0,
    }))
}

/** `archive-000012-3456.jsonl`, beside the journal: batch and last event. */
export function archiveName({ batch, last }: Pick<ArchiveEntry, 'batch' | 'last'>): string {
  return `archive-${String(batch).padStart(6, '0')}-${last}.jsonl`
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0)
}
