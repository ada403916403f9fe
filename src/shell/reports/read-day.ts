/** A day read from a journal that somebody else may be writing: records, notes and what was open at its end. Nothing is changed. */
import type { DatabaseSync } from 'node:sqlite'
import type { Exception } from '#core/report/exception.ts'
import { type DayFacts, exceptionsOf } from '#core/report/exceptions.ts'
import { type Figures, figuresOf } from '#core/report/figures.ts'
import { NO_NOTES } from '#core/report/note.ts'
import { takeNotes } from '#core/report/take-notes.ts'
import { type SavedRecord, upgradeRecord } from '#core/terminal/upgrade.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { createFollower } from '../journal/lines/follow.ts'
import { maskLine } from '../journal/lines/mask.ts'
import { withReader } from '../journal/reader.ts'
import { dayLines } from './day-lines.ts'
import type { DaySpan } from './day-span.ts'

export type DayReport = {
  readonly day: string
  readonly records: readonly TransactionRecord[]
  readonly exceptions: readonly Exception[]
  readonly figures: Figures
  /** What the list of exceptions lacks; records are whole all the same. Empty: nothing. */
  readonly gaps: readonly Gap[]
}

export type Gap =
  /** Decided by another release: what was noted at the counter then is not known. */
  | { readonly gap: 'otherRelease' }
  | { readonly gap: 'missing'; readonly what: string }
  | { readonly gap: 'leftOut'; readonly count: number }

/** More open holds of earlier days than a list has room for; the newest are told. */
const HOLDS_LIMIT = 200

/** Yields after each event, so that a terminal that sells can do other things in between. `batch`: of this one alone. Throws what SQLite throws for an unreadable file. */
export function* readDay(
  journal: string,
  span: DaySpan,
  batch?: string,
): Generator<void, DayReport> {
  return yield* withReader(journal, function* (db) {
    const gathered = yield* gather(db, journal, span, batch)
    const facts: DayFacts = {
      ...gathered.facts,
      records: recordsBetween(db, span).filter(
        (record) => batch === undefined || record.batch === batch,
      ),
      earlierHolds: holdsBefore(db, span),
    }
    const exceptions = exceptionsOf(facts)
    const { records } = facts
    const figures = figuresOf(records, exceptions)
    return { day: span.day, records, exceptions, figures, gaps: gathered.gaps }
  })
}

/** The whole of it at once, for a command. */
export function readDayNow(journal: string, span: DaySpan): DayReport {
  const reading = readDay(journal, span)
  for (;;) {
    const step = reading.next()
    if (step.done === true) return step.value
  }
}

type Gathered = {
  readonly facts: Pick<DayFacts, 'notes' | 'state'>
  readonly gaps: readonly Gap[]
}

function* gather(
  db: DatabaseSync,
  journal: string,
  span: DaySpan,
  batch: string | undefined,
): Generator<void, Gathered> {
  const follower = createFollower()
  const gaps: Gap[] = []
  let notes = NO_NOTES
  let wasRead = false
  for (const raw of dayLines(db, journal, span)) {
    yield
    if (raw.line === 'missing') {
      gaps.push({ gap: 'missing', what: raw.what })
      continue
    }
    const line = maskLine(raw)
    if (line.line === 'checkpoint') follower.checkpoint(line)
    if (line.line !== 'event') continue
    if (line.event.at >= span.toMs) break
    const followed = follower.event(line)
    if (line.event.at < span.fromMs) continue
    if ('before' in followed) {
      const { after, before } = followed
      // What another batch has left behind is told on the slip of that one.
      if (batch !== undefined && before.counters.batch !== Number(batch)) continue
      notes = takeNotes(notes, { before, event: line.event, after })
    } else wasRead = true
  }
  if (wasRead) gaps.push({ gap: 'otherRelease' })
  if (notes.leftOut > 0) gaps.push({ gap: 'leftOut', count: notes.leftOut })
  return { facts: { notes: notes.list, state: follower.state() }, gaps }
}

function recordsBetween(db: DatabaseSync, { fromMs, toMs }: DaySpan): readonly TransactionRecord[] {
  const rows = db.prepare('SELECT body FROM record WHERE at >= ? AND at < ? ORDER BY at, id')
  return rows.all(fromMs, toMs).flatMap(recordOf)
}

function holdsBefore(db: DatabaseSync, { fromMs }: DaySpan): readonly TransactionRecord[] {
  const rows = db.prepare(
    `SELECT body FROM record WHERE at < ? AND json_extract(body, '$.kind') = 'preAuth'
       AND json_extract(body, '$.outcome') = 'approved' AND json_extract(body, '$.closedBy') = ''
     ORDER BY at DESC LIMIT ${HOLDS_LIMIT}`,
  )
  return rows.all(fromMs).flatMap(recordOf).toReversed()
}

function recordOf({ body }: Readonly<Record<string, unknown>>): readonly TransactionRecord[] {
  if (typeof body !== 'string') return []
  const saved: SavedRecord = JSON.parse(body)
  return [upgradeRecord(saved)]
}
