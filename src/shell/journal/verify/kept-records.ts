/** The newest version of each record that the events kept, beside the table that was derived from them. */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Effect } from '#core/terminal/effect.ts'
import { archiveEntries } from '../archive/archive-table.ts'
import type { Verified } from './verified.ts'

type Fault = Extract<Verified, { ok: false }>
type Kept = { readonly seq: number; readonly at: number; readonly digest: string }

export type KeptRecords = {
  /** Of each event, in order. */
  readonly take: (row: { readonly seq: number; readonly effects: string }) => void
  /** One row of the table; null when it is what the events kept. */
  readonly compare: (id: string, body: string) => Fault | null
  /** A record that the events kept and the table lacks; null when there is none. */
  readonly missing: () => Fault | null
}

/** Knows a digest of each record, some hundred bytes. */
export function keptRecords(db: DatabaseSync): KeptRecords {
  const newest = new Map<string, Kept>()
  const archives = archiveEntries(db)
  /** Records up to here were deleted, though a later event may have kept one anew. */
  const forgotten = archives.findLast(({ isRemoved }) => isRemoved)?.at ?? -1
  const has = db.prepare('SELECT 1 FROM record WHERE id = ?')
  return {
    take: ({ effects, seq }) => {
      if (!effects.includes('"keepRecord"')) return
      const parsed: readonly Effect[] = JSON.parse(effects)
      for (const effect of parsed) {
        if (effect.do !== 'keepRecord') continue
        const { at, id } = effect.record
        newest.set(id, { seq, at, digest: digestOf(JSON.stringify(effect.record)) })
      }
    },
    compare: (id, body) => {
      const kept = newest.get(id)
      if (kept === undefined)
        return archives.length > 0 ? null : fault(null, `no event tells of the record ${id}`)
      return kept.digest === digestOf(body)
        ? null
        : fault(kept.seq, `the record ${id} is not what event ${kept.seq} kept`)
    },
    missing: () => {
      for (const [id, { at, seq }] of newest)
        if (at > forgotten && has.get(id) === undefined)
          return fault(seq, `the record ${id} of event ${seq} is missing`)
      return null
    },
  }
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('base64')
}

function fault(seq: number | null, why: string): Fault {
  return { ok: false, seq, why }
}
