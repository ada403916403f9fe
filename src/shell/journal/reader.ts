/** Opens a journal to be read beside the terminal that writes it: one moment of it, however long the reading takes. */
import { DatabaseSync } from 'node:sqlite'

/** A connection that cannot write, for the caller to close. Throws what SQLite throws when the file cannot be read. */
export function openReader(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
  try {
    db.exec('BEGIN')
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** Lends such a connection. Throws what SQLite throws when the file cannot be read. */
export function* withReader<Item, Result>(
  file: string,
  read: (db: DatabaseSync) => Generator<Item, Result>,
): Generator<Item, Result> {
  const db = openReader(file)
  try {
    return yield* read(db)
  } finally {
    db.close()
  }
}
