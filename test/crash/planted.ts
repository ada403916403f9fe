/** Faults planted on purpose: a judge that does not find them is no judge. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Commit, Journal } from '#shell/journal/journal.ts'

export const PLANTED = ['normalSync', 'stateApart', 'performBeforeCommit'] as const
/** Shows only where rows leave the journal for a file. */
export const PLANTED_IN_FILES = 'unsyncedArchive'
export type Planted = (typeof PLANTED)[number] | typeof PLANTED_IN_FILES

/** Changes this process's SQLite or this journal; only ever called in a recorded child process. */
export function plant(fault: Planted | null, journal: Journal): Journal {
  if (fault === 'performBeforeCommit') return lateJournal(journal)
  return journal
}

/** Before the journal is opened, because it prepares its statements then. */
export function plantInSqlite(fault: Planted | null): void {
  if (fault === 'normalSync') relaxSync()
  if (fault === 'stateApart') commitStateApart()
  if (fault === PLANTED_IN_FILES) forgetToSync()
}

/** `synchronous=NORMAL`, set behind the journal's back after it has read back FULL. */
function relaxSync(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called on its own object below
  const exec = DatabaseSync.prototype.exec
  DatabaseSync.prototype.exec = function relaxed(this: DatabaseSync, sql: string): void {
    if (sql === 'BEGIN IMMEDIATE') exec.call(this, 'PRAGMA synchronous = NORMAL')
    exec.call(this, sql)
  }
}

/** The state in a transaction of its own, behind the one with its events. */
function commitStateApart(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called on its own object below
  const prepare = DatabaseSync.prototype.prepare
  DatabaseSync.prototype.prepare = function apart(this: DatabaseSync, sql: string): StatementSync {
    const statement = prepare.call(this, sql)
    if (!sql.startsWith('INSERT INTO state')) return statement
    const run = statement.run.bind(statement)
    const value = (...values: SQLInputValue[]): unknown => {
      this.exec('COMMIT; BEGIN IMMEDIATE')
      return run(...values)
    }
    return Object.defineProperty(statement, 'run', { value })
  }
}

/** Node's own syncs do nothing; those of SQLite are not its business. */
function forgetToSync(): void {
  fs.fsyncSync = () => undefined
  syncBuiltinESMExports()
}

/** Says "written" at once and writes when the next one comes: effects run ahead of the disk. */
function lateJournal(journal: Journal): Journal {
  let waiting: Commit | null = null
  const writeWaiting = (): void => {
    if (waiting !== null) journal.commit(waiting)
    waiting = null
  }
  return {
    ...journal,
    commit: (commit) => {
      writeWaiting()
      waiting = commit
    },
    close: () => {
      writeWaiting()
      journal.close()
    },
  }
}
