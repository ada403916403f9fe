/** Every event that is kept, in order: through the archives that were not deleted yet, then the main file. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { archiveEntries, archiveName } from '../journal/archive/archive-table.ts'
import type { Fault, JournalLine } from '../journal/lines/line.ts'
import { readLines } from '../journal/lines/read-lines.ts'
import { journalLines } from '../journal/lines/stretch.ts'

/** `from`: events before it are of no interest, and archives that end before it are not opened. `journal` is the file of `db`. */
export function* keptLines(
  journal: string,
  db: DatabaseSync,
  from: number,
): Generator<JournalLine | Fault> {
  for (const entry of archiveEntries(db)) {
    if (entry.isRemoved || entry.last < from) continue
    const file = join(dirname(journal), archiveName(entry))
    if (!existsSync(file)) {
      yield { line: 'fault', seq: entry.first, why: `${archiveName(entry)} is missing` }
      return
    }
    yield* readLines(file)
  }
  yield* journalLines(db)
}
