/** Whether what was derived from the events is still what the events say: checkpoints along the chain, records of transactions. */
import type { DatabaseSync } from 'node:sqlite'
import { archiveEntries } from '../archive/archive-table.ts'
import { CHAIN_START } from '../chain.ts'
import { checkpoints } from '../checkpoint.ts'
import { keptRecords } from './kept-records.ts'
import type { Verified } from './verified.ts'

type Fault = Extract<Verified, { ok: false }>

/** Null when everything fits. Reads every event that kept a record. */
export function derivedFault(db: DatabaseSync): Fault | null {
  return checkpointFault(db) ?? recordFault(db)
}

export function checkpointFault(db: DatabaseSync): Fault | null {
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

/** The newest version of each record that the events kept is the one in the table. */
function recordFault(db: DatabaseSync): Fault | null {
  const kept = keptRecords(db)
  const rows = db.prepare(
    `SELECT seq, effects FROM event WHERE effects LIKE '%"keepRecord"%' ORDER BY seq`,
  )
  for (const row of rows.iterate())
    kept.take({ seq: Number(row['seq']), effects: String(row['effects']) })
  for (const row of db.prepare('SELECT id, body FROM record').iterate()) {
    const found = kept.compare(String(row['id']), String(row['body']))
    if (found !== null) return found
  }
  return kept.missing()
}

function fault(seq: number | null, why: string): Fault {
  return { ok: false, seq, why }
}
