/**
 * The whole journal read through beside the terminal that writes it, a little at a time: the chain from its first event, the state, the
 * checkpoints, and every record beside what the events kept (idea S4-22). What is written meanwhile is read as well.
 */
import { DatabaseSync } from 'node:sqlite'
import { eventRows } from '../rows.ts'
import { checkpointFault } from './derived.ts'
import { type KeptRecords, keptRecords } from './kept-records.ts'
import type { Verified } from './verified.ts'
import { type Link, nextLink, startOf, stateFits } from './verify.ts'

/** Some five milliseconds of a small terminal. */
const EVENTS_IN_A_SLICE = 200
const RECORDS_IN_A_SLICE = 200

type Fault = Extract<Verified, { ok: false }>

/** Yields after each slice the event that it has come to; whoever stops early calls `return`. Never throws. */
export function* verifyInSlices(file: string): Generator<number, Verified> {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
    return yield* verifyOn(db)
  } catch (cause) {
    return { ok: false, seq: null, why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

function* verifyOn(db: DatabaseSync): Generator<number, Verified> {
  const walk = walker(db)
  for (;;) {
    const end = walk(EVENTS_IN_A_SLICE)
    if (end === 'more') {
      yield walk.link().seq
      continue
    }
    if (end !== null) return end
    break
  }
  const marks = checkpointFault(db)
  if (marks !== null) return marks
  yield walk.link().seq
  const table = db.prepare(
    `SELECT id, body FROM record WHERE id > ? ORDER BY id LIMIT ${RECORDS_IN_A_SLICE}`,
  )
  for (let after = ''; ; ) {
    // In one turn of the program nobody writes: events first, then the records that they kept.
    const behind = caughtUp(walk)
    if (behind !== null) return behind
    const rows = table.all(after)
    for (const row of rows) {
      after = String(row['id'])
      const fault = walk.kept.compare(after, String(row['body']))
      if (fault !== null) return fault
    }
    if (rows.length < RECORDS_IN_A_SLICE) break
    yield walk.link().seq
  }
  return caughtUp(walk) ?? walk.kept.missing() ?? stateFits(db, walk.link())
}

type Walk = {
  /** `more`: there are events behind these. Null: the end was reached. */
  (most: number): Fault | 'more' | null
  readonly link: () => Link
  readonly kept: KeptRecords
}

function walker(db: DatabaseSync): Walk {
  const kept = keptRecords(db)
  let link = startOf(db)
  const walk = (most: number): Fault | 'more' | null => {
    const start = startOf(db)
    // What was read is in an archive by now, and what lies before it was whole.
    if (start.seq > link.seq) link = start
    let count = 0
    for (const row of eventRows(db, link.seq)) {
      const next = nextLink(link, row)
      if ('why' in next) return next
      kept.take(row)
      link = next
      count += 1
      if (count === most) return 'more'
    }
    return null
  }
  return Object.assign(walk, { link: () => link, kept })
}

function caughtUp(walk: Walk): Fault | null {
  const end = walk(Number.POSITIVE_INFINITY)
  return end === 'more' ? null : end
}
