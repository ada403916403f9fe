/** Whether this device wrote the journal: the proofs at its checkpoints and at its end. The chain between them is for `verifyJournal`. */
import { DatabaseSync } from 'node:sqlite'
import type { JournalKey } from '../../keys/journal-key.ts'
import { FALSE_PROOF, type Origin, originOf } from '../proof.ts'

export type OriginVerified =
  | {
      readonly ok: true
      /** Checkpoints with a proof of this device, and those without: written before it had one, or by another device. */
      readonly proven: number
      readonly unproven: number
      /** The first event that a proof of this device names; null in an empty journal. */
      readonly from: number | null
    }
  | { readonly ok: false; readonly seq: number | null; readonly why: string }

const UNPROVEN: Readonly<Record<Exclude<Origin, 'own'>, string>> = {
  forged: FALSE_PROOF,
  another: 'its end bears the proof of another device',
  none: 'its end bears no proof of this device: another program wrote it last',
}

/** Never throws, changes nothing. */
export function verifyOrigin(file: string, key: JournalKey): OriginVerified {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
    const found = { own: 0, another: 0, none: 0 }
    let from: number | null = null
    for (const row of db.prepare('SELECT * FROM checkpoint ORDER BY id').iterate()) {
      const seq = Number(row['seq'])
      const origin = originOf(key, 'checkpoint', { digest: row['digest'], proof: row['proof'] })
      if (origin === 'forged') {
        const why = `the checkpoint after event ${seq} bears a false proof`
        return { ok: false, seq, why }
      }
      found[origin] += 1
      if (origin === 'own') from ??= seq
    }
    const head = headOrigin(db, key)
    if (head.origin !== 'own' && head.seq > 0)
      return { ok: false, seq: head.seq, why: UNPROVEN[head.origin] }
    const unproven = found.another + found.none
    return { ok: true, proven: found.own, unproven, from: head.seq > 0 ? (from ?? head.seq) : null }
  } catch (cause) {
    return { ok: false, seq: null, why: cause instanceof Error ? cause.message : 'unreadable' }
  } finally {
    db?.close()
  }
}

/** Who wrote the state after the last event; `seq` is its number, 0 in an empty journal. One row is read. */
export function headOrigin(
  db: DatabaseSync,
  key: JournalKey,
): { readonly origin: Origin; readonly seq: number } {
  const row = db.prepare('SELECT * FROM state WHERE id = 1').get()
  if (row === undefined) return { origin: 'none', seq: 0 }
  const origin = originOf(key, 'state', { digest: row['digest'], proof: row['proof'] })
  return { origin, seq: Number(row['seq']) }
}
