/** The tables of the journal. `event` is the truth; the others are derived in the same commit and can be made anew from it. */
import type { DatabaseSync } from 'node:sqlite'

/** Grows with every change of the tables; an older program refuses a newer file. */
const JOURNAL_VERSION = 1

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

export type SchemaOutcome = 'ready' | 'notAJournal' | 'fromTheFuture' | 'settingsRefused'

/** Sets and reads back the settings on which durability rests, and makes the tables of a new file. */
export function prepareSchema(db: DatabaseSync): SchemaOutcome {
  const version = pragma(db, 'user_version')
  const empty = Number(single(db, 'SELECT count(*) AS value FROM sqlite_schema')) === 0
  if (!empty && Number(pragma(db, 'application_id')) !== APPLICATION_ID) return 'notAJournal'
  if (Number(version) > JOURNAL_VERSION) return 'fromTheFuture'
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON',
  )
  const kept =
    pragma(db, 'journal_mode') === 'wal' &&
    Number(pragma(db, 'synchronous')) === 2 &&
    Number(pragma(db, 'secure_delete')) === 1
  if (!kept) return 'settingsRefused'
  // Made in older files too: it changes what is quick, not what is there.
  const index = 'CREATE INDEX IF NOT EXISTS record_stan ON record (substr(id, 8), at)'
  if (!empty) db.exec(index)
  if (empty) {
    db.exec(`BEGIN IMMEDIATE; ${TABLES} ${index};
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${JOURNAL_VERSION}; COMMIT`)
  }
  return 'ready'
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
}

function single(db: DatabaseSync, sql: string): unknown {
  return db.prepare(sql).get()?.['value']
}
