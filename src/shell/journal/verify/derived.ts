/** Whether what was derived from the events is still what the events say: checkpoints along the chain, records of transactions. */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Effect } from '#core/terminal/effect.ts'
import { archiveEntries } from '../archive/archive-table.ts'
import { CHAIN_START } from '../chain.ts'
import { checkpoints } from '../checkpoint.ts'
import type { Verified } from './verified.ts'

type Fault = Extract<Verified, { ok: false }>

/** Null when everything fits. Reads every event that kept a record. */
export function derivedFault(db: DatabaseSync): Fault | null {
  return checkpointFault(db) ?? recordFault(db)
}

function checkpointFault(db: DatabaseSync): Fault | null {
  const archived = archiveEntries(db).at(-1)
  const start = { seq: archived?.last ?? 0, hash: archived?.head ?? CHAIN_START }
  const hashOf = db.prepare('SELECT hash FROM event WHERE seq = ?')
  let before = start.seq
  for (const one of checkpoints(db)) {
    if (one === 'damaged')
      return fault(before, `a checkpoint after event ${before} is not as it was written`)
    const kept = one.seq === start.seq ? start.hash : hashOf.get(one.seq)?.['hash']
    if (!(kept instanceof Uint8Array) || Buffer.compare(kept, one.hash) !== 0)
      return fault(one.seq, `the checkpoint after event ${one.seq} belongs to another chain`)
    before = one.seq
  }
  return null
}

type Kept = { readonly seq: number; readonly at: number; readonly digest: string }

/** The newest version of each record that the events kept is the one in the table. */
function recordFault(db: DatabaseSync): Fault | null {
  const newest = new Map<string, Kept>()
  const rows = db.prepare(
    `SELECT seq, effects FROM event WHERE effects LIKE '%"keepRecord"%' ORDER BY seq`,
  )
  for (const row of rows.iterate()) {
    const effects: readonly Effect[] = JSON.parse(String(row['effects']))
    for (const effect of effects) {
      if (effect.do !== 'keepRecord') continue
      const { record } = effect
      const { id, at } = record
      newest.set(id, { seq: Number(row['seq']), at, digest: digestOf(JSON.stringify(record)) })
    }
  }
  const archives = archiveEntries(db)
  const isArchived = archives.length > 0
  /** Records up to here were deleted, though a later event may have kept one anew. */
  const forgotten = archives.findLast(({ isRemoved }) => isRemoved)?.at ?? -1
  for (const row of db.prepare('SELECT id, body FROM record').iterate()) {
    const id = String(row['id'])
    const kept = newest.get(id)
    newest.delete(id)
    if (kept === undefined && isArchived) continue
    if (kept === undefined) return fault(null, `no event tells of the record ${id}`)
    if (kept.digest !== digestOf(String(row['body'])))
      return fault(kept.seq, `the record ${id} is not what event ${kept.seq} kept`)
  }
  const missing = Array.from(newest).find(([, { at }]) => at > forgotten)
  return missing === undefined
    ? null
    : fault(missing[1].seq, `the record ${missing[0]} of event ${missing[1].seq} is missing`)
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('base64')
}

function fault(seq: number | null, why: string): Fault {
  return { ok: false, seq, why }
}
