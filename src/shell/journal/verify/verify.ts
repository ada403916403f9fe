/** Reads a journal from its first row and names the first that is not as it was written. Nothing is changed. */
import { DatabaseSync } from 'node:sqlite'
import { archiveEntries } from '../archive/archive-table.ts'
import { CHAIN_START, chainHash } from '../chain.ts'
import { lastCheckpoint } from '../checkpoint.ts'
import { openReader } from '../reader.ts'
import { type EventRow, eventRows, lastEvent } from '../rows.ts'
import { readStateRow } from '../state-table.ts'
import { derivedFault } from './derived.ts'
import type { Verified } from './verified.ts'

/** Events at the end that are looked at on every start. */
const TAIL_EVENTS = 100

export type { Verified }

export function verifyJournal(file: string): Verified {
  let db: DatabaseSync | null = null
  try {
    db = openReader(file)
    const chain = walk(db, startOf(db))
    return chain.ok ? (derivedFault(db) ?? chain) : chain
  } catch (cause) {
    return { ok: false, seq: null, why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

/** A copy that was made a moment ago: SQLite's own structure, and the chain from the last checkpoint on. */
export function verifyCopy(file: string): Verified {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const found = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0]
    if (found !== 'ok') return { ok: false, seq: null, why: String(found) }
    return verifyFromCheckpoint(db)
  } finally {
    db.close()
  }
}

/** The last events and the state alone, in microseconds: what a start can afford to look at. */
export function verifyTail(db: DatabaseSync): Verified {
  const { seq } = lastEvent(db)
  const from = startOf(db)
  return walk(db, seq - TAIL_EVENTS > from.seq ? at(db, seq - TAIL_EVENTS) : from)
}

/** From the last checkpoint on: at most CHECKPOINT_EVENTS and what one commit holds. */
export function verifyFromCheckpoint(db: DatabaseSync): Verified {
  const last = lastCheckpoint(db)
  return walk(db, last ?? startOf(db))
}

/** `seq` and `hash` are those of the event before the first that is looked at. */
function walk(db: DatabaseSync, from: Link): Verified {
  let link = from
  for (const row of eventRows(db, from.seq)) {
    const next = nextLink(link, row)
    if ('why' in next) return next
    link = next
  }
  return stateFits(db, link)
}

/** The row is chained to the one before it. */
export function nextLink(
  { hash, seq }: Link,
  row: EventRow,
): Link | Extract<Verified, { ok: false }> {
  if (row.seq !== seq + 1) return { ok: false, seq: row.seq, why: `event ${seq + 1} is missing` }
  const own = chainHash(hash, row)
  return Buffer.compare(row.hash, own) === 0
    ? { seq: row.seq, hash: own }
    : { ok: false, seq: row.seq, why: `event ${row.seq} is not as it was written` }
}

/** The state that lies beside the events is that of their last one. */
export function stateFits(db: DatabaseSync, { hash, seq }: Link): Verified {
  const state = readStateRow(db)
  const known = state?.seq ?? 0
  if (known !== seq) {
    const why = `events end at ${seq}, the state knows ${known}`
    return { ok: false, seq: Math.max(known, seq), why }
  }
  // A state of version 1 has no digest until the next commit.
  const isWhole =
    !(state?.digest instanceof Uint8Array) ||
    Buffer.compare(state.digest, state.digestAfter(hash)) === 0
  return isWhole
    ? { ok: true, events: seq }
    : { ok: false, seq, why: `the state after event ${seq} is not as it was written` }
}

export type Link = { readonly seq: number; readonly hash: Uint8Array }

/** What the first event in the file is chained to: nothing, or the end of the last archive. */
export function startOf(db: DatabaseSync): Link {
  const last = archiveEntries(db).at(-1)
  return last === undefined ? { seq: 0, hash: CHAIN_START } : { seq: last.last, hash: last.head }
}

function at(db: DatabaseSync, seq: number): Link {
  const hash = db.prepare('SELECT hash FROM event WHERE seq = ?').get(seq)?.['hash']
  return { seq, hash: hash instanceof Uint8Array ? hash : CHAIN_START }
}
