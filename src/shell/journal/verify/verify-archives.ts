/** Reads the archives of a journal and follows the chain from one to the next and into the main file. Nothing is changed. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type ArchiveEntry, archiveEntries, archiveName } from '../archive/archive-table.ts'
import { CHAIN_START } from '../chain.ts'
import { readLines } from '../lines/read-lines.ts'
import { verifyLines } from './line-chain.ts'

export type ArchivesVerified =
  | { readonly ok: true; readonly whole: number; readonly removed: number }
  | { readonly ok: false; readonly seq: number | null; readonly why: string }

/** Never throws. The main file itself is for `verifyJournal`. */
export function verifyArchives(journal: string): ArchivesVerified {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(journal, { readOnly: true, timeout: 2000 })
    const entries = archiveEntries(db)
    let before: Pick<ArchiveEntry, 'last' | 'head'> = { last: 0, head: CHAIN_START }
    for (const entry of entries) {
      const why = entry.isRemoved
        ? null
        : faultOf(join(dirname(journal), archiveName(entry)), entry, before)
      if (why !== null) return { ok: false, seq: entry.first, why: `${archiveName(entry)} ${why}` }
      before = entry
    }
    const removed = entries.filter(({ isRemoved }) => isRemoved).length
    return { ok: true, whole: entries.length - removed, removed }
  } catch (cause) {
    return { ok: false, seq: null, why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

function faultOf(
  file: string,
  entry: ArchiveEntry,
  before: Pick<ArchiveEntry, 'last' | 'head'>,
): string | null {
  if (!existsSync(file)) return 'is missing'
  const read = verifyLines(readLines(file))
  if (!read.ok) return `is not whole: ${read.why}`
  if (read.after !== before.last || read.before !== hex(before.head))
    return 'does not follow the one before it'
  return read.last === entry.last && read.head === hex(entry.head)
    ? null
    : 'does not end where the journal goes on'
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
