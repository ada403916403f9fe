/** The journal of a terminal as an update must see it: without writing to it, whoever asks and whichever release wrote it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { TerminalState } from '#core/terminal/state.ts'
import { upgradeState } from '#core/terminal/upgrade.ts'
import { openJournal } from '../journal/journal.ts'
import { openReader } from '../journal/reader.ts'
import { readStateRow } from '../journal/state-table.ts'

/** More pages than a file of SQLite has on a terminal: everything in one step. */
const ALL_PAGES = 2_147_483_647

/** Null when there is no journal, or none with a state yet. Throws what SQLite throws. */
export function stateAtRest(journal: string): TerminalState | null {
  if (!existsSync(journal)) return null
  const db = openReader(journal)
  try {
    const row = readStateRow(db)
    return row === null ? null : upgradeState(row.saved())
  } finally {
    db.close()
  }
}

/**
 * Whether this release can go on from a journal: a copy of it is opened, and with that changed as the journal would be. Null when it can,
 * otherwise why not. Never rejects.
 */
export async function tryJournal(journal: string): Promise<string | null> {
  if (!existsSync(journal)) return null
  let folder: string | null = null
  try {
    // Beside the journal, where it is as safe as the journal itself.
    folder = mkdtempSync(`${journal}.self-test-`)
    const copy = join(folder, 'journal.db')
    const db = new DatabaseSync(journal, { readOnly: true, timeout: 2000 })
    try {
      await backup(db, copy, { rate: ALL_PAGES })
    } finally {
      db.close()
    }
    const opened = openJournal(copy)
    if (!opened.ok) return opened.why
    try {
      opened.journal.lastState()
    } finally {
      opened.journal.close()
    }
    return null
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'unknown'
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
}
