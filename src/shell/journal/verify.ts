/** Reads a journal from its first row and names the first that is not as it was written. Nothing is changed. */
import { DatabaseSync } from 'node:sqlite'
import { CHAIN_START, chainHash } from './chain.ts'

/** Events at the end that are looked at on every start. */
const TAIL_EVENTS = 100

export type Verified =
  | { readonly ok: true; readonly events: number }
  /** `seq` is the row at which the chain no longer fits; null when the file cannot be read at all. */
  | { readonly ok: false; readonly seq: number | null; readonly why: string }

export function verifyJournal(file: string): Verified {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true })
    return walk(db, 0, CHAIN_START)
  } catch (cause) {
    return { ok: false, seq: null, why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

/** The last events and the state alone, in microseconds: what a start can afford to look at. */
export function verifyTail(db: DatabaseSync): Verified {
  const last = Number(db.prepare('SELECT max(seq) AS seq FROM event').get()?.['seq'] ?? 0)
  const first = Math.max(0, last - TAIL_EVENTS)
  const before = db.prepare('SELECT hash FROM event WHERE seq = ?').get(first)?.['hash']
  return walk(db, first, before instanceof Uint8Array ? before : CHAIN_START)
}

/** `seq` and `hash` are those of the event before the first that is looked at. */
function walk(db: DatabaseSync, from: number, start: Uint8Array): Verified {
  let hash = start
  let seq = from
  for (const row of db
    .prepare('SELECT seq, at, body, effects, refused, hash FROM event WHERE seq > ? ORDER BY seq')
    .iterate(from)) {
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
