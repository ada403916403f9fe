/** Reads a journal from its first row and names the first that is not as it was written. Nothing is changed. */
import { DatabaseSync } from 'node:sqlite'
import { CHAIN_START, chainHash } from './chain.ts'

export type Verified =
  | { readonly ok: true; readonly events: number }
  /** `seq` is the row at which the chain no longer fits; null when the file cannot be read at all. */
  | { readonly ok: false; readonly seq: number | null; readonly why: string }

export function verifyJournal(file: string): Verified {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true })
    return walk(db)
  } catch (cause) {
    return { ok: false, seq: null, why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

function walk(db: DatabaseSync): Verified {
  let hash = CHAIN_START
  let seq = 0
  for (const row of db
    .prepare('SELECT seq, at, body, effects, refused, hash FROM event ORDER BY seq')
    .iterate()) {
    const number = Number(row['seq'])
    if (number !== seq + 1) return { ok: false, seq: number, why: `event ${seq + 1} is missing` }
    const refused = row['refused']
    const chained = {
      seq: number,
      at: Number(row['at']),
      body: String(row['body']),
      effects: String(row['effects']),
      refused: refused === null || refused === undefined ? null : String(refused),
    }
    hash = chainHash(hash, chained)
    const stored = row['hash']
    if (!(stored instanceof Uint8Array) || Buffer.compare(stored, hash) !== 0) {
      return { ok: false, seq: number, why: `event ${number} is not as it was written` }
    }
    seq = number
  }
  const known = Number(db.prepare('SELECT seq FROM state WHERE id = 1').get()?.['seq'] ?? 0)
  if (known !== seq)
    return {
      ok: false,
      seq: Math.max(known, seq),
      why: `events end at ${seq}, the state knows ${known}`,
    }
  return { ok: true, events: seq }
}
