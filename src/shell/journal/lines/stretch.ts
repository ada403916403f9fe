/** The journal as lines: its beginning, its events with the checkpoints between them, the state that a start goes on from, its end. */
import type { DatabaseSync } from 'node:sqlite'
import type { SavedState } from '#core/terminal/upgrade.ts'
import { archiveEntries } from '../archive/archive-table.ts'
import { CHAIN_START } from '../chain.ts'
import { checkpoints } from '../checkpoint.ts'
import { type EventRow, eventRows } from '../rows.ts'
import { readStateRow } from '../state-table.ts'
import {
  type CheckpointLine,
  type EventLine,
  type Fault,
  type JournalLine,
  LINES_FORMAT,
} from './line.ts'

/** Everything that this file holds: from the first event, or from the end of the last archive. Reads as it goes; never writes. */
export function* journalLines(db: DatabaseSync): Generator<JournalLine | Fault> {
  const last = yield* stretchLines(db, null)
  yield* stateNow(db)
  yield last
}

/** From the end of the last archive to the checkpoint after event `to`. */
export function* linesUpTo(db: DatabaseSync, to: number): Generator<JournalLine | Fault> {
  yield yield* stretchLines(db, to)
}

function* stretchLines(
  db: DatabaseSync,
  to: number | null,
): Generator<JournalLine | Fault, JournalLine> {
  const archived = archiveEntries(db).at(-1)
  const after = archived?.last ?? 0
  const marks = checkpointLines(db, { after, to })
  let mark = marks.next()
  let last = { seq: after, hash: archived?.head ?? CHAIN_START }
  yield { line: 'begin', format: LINES_FORMAT, after, head: hex(last.hash) }
  for (const row of eventRows(db, after)) {
    if (to !== null && row.seq > to) break
    for (; mark.done !== true && mark.value.seq < row.seq; mark = marks.next()) yield mark.value
    yield eventLine(row)
    last = row
  }
  for (; mark.done !== true; mark = marks.next()) yield mark.value
  return { line: 'end', events: last.seq - after, head: hex(last.hash) }
}

function* checkpointLines(
  db: DatabaseSync,
  { after, to }: { readonly after: number; readonly to: number | null },
): Generator<CheckpointLine | Fault> {
  let seq = after
  for (const one of checkpoints(db)) {
    if (one === 'damaged') {
      yield { line: 'fault', seq, why: `a checkpoint after event ${seq} is not as it was written` }
      return
    }
    seq = one.seq
    if (to !== null && seq > to) return
    if (seq < after) continue
    const { why, release } = one
    yield { line: 'checkpoint', seq, why, release, state: parseState(one.state) }
  }
}

/** The row that every commit replaces; none in a journal without checkpoints, which does not say who decided. */
function* stateNow(db: DatabaseSync): Generator<CheckpointLine> {
  const row = readStateRow(db)
  const release = releaseOf(db)
  if (row === null || release === null) return
  yield { line: 'checkpoint', seq: row.seq, why: 'now', release, state: row.saved() }
}

function releaseOf(db: DatabaseSync): string | null {
  let release: string | null = null
  for (const one of checkpoints(db)) if (one !== 'damaged') release = one.release
  return release
}

function eventLine({ seq, body, effects, refused, hash }: EventRow): EventLine {
  return {
    line: 'event',
    seq,
    event: JSON.parse(body),
    effects: JSON.parse(effects),
    refused,
    hash: hex(hash),
  }
}

function parseState(body: string): SavedState {
  return JSON.parse(body)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
