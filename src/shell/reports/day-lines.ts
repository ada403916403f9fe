/**
 * The lines of the journal that a day needs: from the last checkpoint before it, out of archives where its batches lie there already, to
 * its last event.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { archiveEntries, archiveName } from '../journal/archive/archive-table.ts'
import { type Checkpoint, checkpoints } from '../journal/checkpoint.ts'
import type { CheckpointLine, EventLine } from '../journal/lines/line.ts'
import { readLines } from '../journal/lines/read-lines.ts'
import { eventRows } from '../journal/rows.ts'
import type { DaySpan } from './day-span.ts'

export type DayLine =
  | EventLine
  | CheckpointLine
  /** A stretch of the day that cannot be read; the sentence names it. */
  | { readonly line: 'missing'; readonly what: string }

/** Oldest first. Reads as it goes. */
export function* dayLines(
  db: DatabaseSync,
  journal: string,
  { fromMs, toMs }: DaySpan,
): Generator<DayLine> {
  let endedAt = Number.NEGATIVE_INFINITY
  for (const entry of archiveEntries(db)) {
    const begins = endedAt
    endedAt = entry.at
    if (entry.at < fromMs || begins >= toMs) continue
    const name = archiveName(entry)
    const file = join(dirname(journal), name)
    if (entry.isRemoved || !existsSync(file)) yield { line: 'missing', what: name }
    else yield* archivedLines(file, name)
  }
  if (endedAt < toMs) yield* keptLines(db, fromMs)
}

function* archivedLines(file: string, name: string): Generator<DayLine> {
  for (const line of readLines(file)) {
    if (line.line === 'event' || line.line === 'checkpoint') yield line
    if (line.line === 'fault') yield { line: 'missing', what: name }
  }
}

/** What the main file holds. */
function* keptLines(db: DatabaseSync, fromMs: number): Generator<DayLine> {
  const atOf = db.prepare('SELECT at FROM event WHERE seq = ?')
  const all = checkpoints(db)
  let mark: Checkpoint | null = null
  let next = all.next()
  for (; next.done !== true && next.value !== 'damaged'; next = all.next()) {
    const at = atOf.get(next.value.seq)?.['at']
    if (mark !== null && typeof at === 'number' && at >= fromMs) break
    mark = next.value
  }
  if (next.done !== true && next.value === 'damaged') {
    yield { line: 'missing', what: 'a damaged checkpoint' }
    return
  }
  if (mark !== null) yield lineOf(mark)
  for (const row of eventRows(db, mark?.seq ?? 0)) {
    for (; next.done !== true && next.value !== 'damaged'; next = all.next()) {
      if (next.value.seq >= row.seq) break
      yield lineOf(next.value)
    }
    const { body, effects, hash, refused, seq } = row
    const parsed = { event: JSON.parse(body), effects: JSON.parse(effects) }
    yield { line: 'event', seq, ...parsed, refused, hash: Buffer.from(hash).toString('hex') }
  }
}

function lineOf({ release, seq, state, why }: Checkpoint): CheckpointLine {
  return { line: 'checkpoint', seq, why, release, state: JSON.parse(state) }
}
