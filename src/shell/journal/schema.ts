/** The tables of the journal. `event` is the truth; the others are derived in the same commit and can be made anew from it. */
import type { DatabaseSync } from 'node:sqlite'
import { ARCHIVE_TABLE } from './archive/archive-table.ts'
import { CHECKPOINT_TABLE } from './checkpoint.ts'
import { ITEM_TABLE } from './state-table.ts'

/**
 * Grows with every change of the tables; an older program refuses a newer file. 2: checkpoints, archives, a digest of the state. 3: its long
 * lists item by item.
 */
export const JOURNAL_VERSION = 3

/** Tells a SureTill journal from any other SQLite file (PRAGMA application_id: "STIL"). */
const APPLICATION_ID = 0x5354494c

const TABLES = `
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    effects TEXT NOT NULL,
    refused TEXT,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TABLE record (id TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX record_at ON record (at);
  CREATE TABLE sealed (reversal TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`

const INDEX = 'CREATE INDEX IF NOT EXISTS record_stan ON record (substr(id, 8), at)'

/** The till's reference of a record; null for most. */
export const TILL_REFERENCE = `json_extract(body, '$.tillReference')`

/** These two are no new version: older programs keep them up without knowing them, and a file without gets them here. */
const TILL_INDEX = `CREATE INDEX IF NOT EXISTS record_till ON record (${TILL_REFERENCE}) WHERE ${TILL_REFERENCE} IS NOT NULL`

/** The record that a later one was collected after; null for most. */
export const FOLLOWED = `json_extract(body, '$.follows')`

const FOLLOWED_INDEX = `CREATE INDEX IF NOT EXISTS record_follows ON record (${FOLLOWED}) WHERE ${FOLLOWED} IS NOT NULL`

/** What a journal of version 1 lacks. The state gets its digest with the next commit. */
const ADDED_IN_2 = `${CHECKPOINT_TABLE} ${ARCHIVE_TABLE} ALTER TABLE state ADD COLUMN digest BLOB;
  ALTER TABLE state ADD COLUMN proof BLOB;`

/** Not a new version either: a program that knows nothing of proofs leaves none, and that is told. */
const PROOF_COLUMNS = ['state', 'checkpoint'] as const

export type SchemaOutcome = 'ready' | 'notAJournal' | 'fromTheFuture' | 'settingsRefused'

/** Sets and reads back the settings on which durability rests, and makes the tables of a new file. */
export function prepareSchema(db: DatabaseSync): SchemaOutcome {
  const version = Number(pragma(db, 'user_version'))
  const empty = Number(single(db, 'SELECT count(*) AS value FROM sqlite_schema')) === 0
  if (!empty && Number(pragma(db, 'application_id')) !== APPLICATION_ID) return 'notAJournal'
  if (version > JOURNAL_VERSION) return 'fromTheFuture'
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON',
  )
  const kept =
    pragma(db, 'journal_mode') === 'wal' &&
    Number(pragma(db, 'synchronous')) === 2 &&
    Number(pragma(db, 'secure_delete')) === 1
  if (!kept) return 'settingsRefused'
  if (empty || version < JOURNAL_VERSION) {
    const added = `${empty ? TABLES : ''} ${version < 2 ? ADDED_IN_2 : ''} ${ITEM_TABLE}`
    db.exec(`BEGIN IMMEDIATE; ${added} ${INDEX};
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${JOURNAL_VERSION}; COMMIT`)
  }
  db.exec(`${TILL_INDEX}; ${FOLLOWED_INDEX}`)
  for (const table of PROOF_COLUMNS) if (!hasProof(db, table)) addProof(db, table)
  return 'ready'
}

function hasProof(db: DatabaseSync, table: string): boolean {
  return db
    .prepare(`PRAGMA table_info(${table})`)
    .all()
    .some(({ name }) => name === 'proof')
}

function addProof(db: DatabaseSync, table: string): void {
  db.exec(`ALTER TABLE ${table} ADD COLUMN proof BLOB`)
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
}

function single(db: DatabaseSync, sql: string): unknown {
  return db.prepare(sql).get()?.['value']
}
