/** What support may know of a journal: how much of it there is, whether it is whole, what kinds of things happened. No amounts, no numbers of cards or slips. */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { verifyTail } from '../journal/verify/verify.ts'

export type JournalFigures =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'read'
      /** Null: the end of the chain is as it was written. */
      readonly damage: string | null
      readonly events: number
      readonly firstMs: number
      readonly lastMs: number
      /** How often each type of event was written, the newest `EVENTS_LOOKED_AT` of them. */
      readonly eventTypes: Readonly<Record<string, number>>
      /** How many records there are of each kind and outcome. */
      readonly records: Readonly<Record<string, number>>
      readonly archives: number
      readonly bytes: number
    }

/** A week of a busy shop; more would hold up a terminal with a slow disk. */
const EVENTS_LOOKED_AT = 50_000

/** Reads beside a terminal that writes. Never throws. */
export function journalFigures(file: string): JournalFigures {
  if (!existsSync(file)) return { kind: 'absent' }
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
    const verified = verifyTail(db)
    const span = db
      .prepare('SELECT count(*) AS n, min(at) AS first, max(at) AS last FROM event')
      .get()
    return {
      kind: 'read',
      damage: verified.ok ? null : verified.why,
      events: Number(span?.['n'] ?? 0),
      firstMs: Number(span?.['first'] ?? 0),
      lastMs: Number(span?.['last'] ?? 0),
      eventTypes: counts(
        db,
        `SELECT type AS name, count(*) AS n FROM
          (SELECT json_extract(body, '$.type') AS type FROM event ORDER BY seq DESC LIMIT ${EVENTS_LOOKED_AT})
          GROUP BY type ORDER BY type`,
      ),
      records: counts(
        db,
        `SELECT coalesce(json_extract(body, '$.kind'), '?') || ' ' || coalesce(json_extract(body, '$.outcome'), '?') AS name,
          count(*) AS n FROM record GROUP BY name ORDER BY name`,
      ),
      archives: Number(db.prepare('SELECT count(*) AS n FROM archive').get()?.['n'] ?? 0),
      bytes: Number(
        db
          .prepare(
            'SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()',
          )
          .get()?.['n'] ?? 0,
      ),
    }
  } catch (cause) {
    return { kind: 'unreadable', why: cause instanceof Error ? cause.message : 'unknown' }
  } finally {
    db?.close()
  }
}

function counts(db: DatabaseSync, sql: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    db
      .prepare(sql)
      .all()
      .map((row) => [String(row['name']), Number(row['n'])]),
  )
}
