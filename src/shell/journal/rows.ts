/** The rows of `event` as they lie on disk, one at a time: a million of them fit in no memory. */
import type { DatabaseSync } from 'node:sqlite'
import type { ChainedRow } from './chain.ts'

export type EventRow = ChainedRow & { readonly hash: Uint8Array }

/** Rows after `from`, in order. A row without a hash has an empty one. */
export function* eventRows(db: DatabaseSync, from: number): Generator<EventRow> {
  const rows = db
    .prepare('SELECT seq, at, body, effects, refused, hash FROM event WHERE seq > ? ORDER BY seq')
    .iterate(from)
  for (const row of rows) {
    const { hash, refused } = row
    yield {
      seq: Number(row['seq']),
      at: Number(row['at']),
      body: String(row['body']),
      effects: String(row['effects']),
      refused: typeof refused === 'string' ? refused : null,
      hash: hash instanceof Uint8Array ? hash : new Uint8Array(0),
    }
  }
}

/** Number and hash of the last event; zero and the start of the chain in a new journal. */
export function lastEvent(db: DatabaseSync): {
  readonly seq: number
  readonly hash: Uint8Array | null
} {
  const row = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get()
  const hash = row?.['hash']
  return { seq: Number(row?.['seq'] ?? 0), hash: hash instanceof Uint8Array ? hash : null }
}
