/** A look at the journal through a connection of its own: what the writer believes is not asked, the file is. */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** True when the last event can be read. Throws when the file cannot be opened or is no journal. */
export function canReadJournal(file: string): boolean {
  if (!existsSync(file)) return false
  const db = new DatabaseSync(file, { readOnly: true, timeout: 1000 })
  try {
    return db.prepare('SELECT max(seq) AS seq FROM event').get() !== undefined
  } finally {
    db.close()
  }
}
