/** The journal as a queue that anybody may read on from any place: rows behind a position, on a connection that cannot write. */
import { DatabaseSync } from 'node:sqlite'
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import { type Told, tell } from './tell.ts'

/** Rows of one reading: a few milliseconds, so that nobody at the counter notices. */
export const READ_MOST = 50

type Stretch = {
  readonly told: readonly Told[]
  /** Read on from here. */
  readonly position: number
  /** There is more already. */
  readonly hasMore: boolean
}

export interface Source {
  /** Behind this event; null: the journal cannot be read now, try again. Events that were archived meanwhile are told as one `gap`. */
  readAfter(position: number): Stretch | null
  /** The newest event; zero in an empty journal; null: it cannot be read now. */
  newest(): number | null
  close(): void
}

export function openSource(journal: string): Source {
  let db: DatabaseSync | null = null
  const reading = <Result>(read: (db: DatabaseSync) => Result): Result | null => {
    try {
      db ??= new DatabaseSync(journal, { readOnly: true, timeout: 0 })
      return read(db)
    } catch {
      // Busy, being replaced or failing: the listener waits, and the connection is opened anew.
      db?.close()
      db = null
      return null
    }
  }
  return {
    readAfter: (position) => reading((open) => stretch(open, position)),
    newest: () =>
      reading((open) =>
        Number(open.prepare('SELECT max(seq) AS seq FROM event').get()?.['seq'] ?? 0),
      ),
    close: () => {
      db?.close()
      db = null
    },
  }
}

function stretch(db: DatabaseSync, position: number): Stretch {
  const rows = db
    .prepare(
      `SELECT seq, at, body, effects FROM event WHERE seq > ? ORDER BY seq LIMIT ${READ_MOST}`,
    )
    .all(position)
  const told: Told[] = []
  let last = position
  for (const row of rows) {
    const seq = Number(row['seq'])
    if (last === position && position > 0 && seq > position + 1)
      told.push({
        id: `${position}.gap`,
        at: Number(row['at']),
        type: 'gap',
        missing: seq - position - 1,
      })
    const event: TerminalEvent = JSON.parse(String(row['body']))
    const effects: readonly Effect[] = JSON.parse(String(row['effects']))
    told.push(...tell(seq, { event, effects }))
    last = seq
  }
  return { told, position: last, hasMore: rows.length === READ_MOST }
}
