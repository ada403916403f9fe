/** Writes what a commit holds, row by row, inside of the caller's transaction. */
import type { DatabaseSync } from 'node:sqlite'
import type { Effect } from '#core/terminal/effect.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { JournalKey } from '../keys/journal-key.ts'
import { CHAIN_START, chainHash } from './chain.ts'
import {
  CHECKPOINT_EVENTS,
  type CheckpointWhy,
  checkpointWriter,
  lastCheckpoint,
} from './checkpoint.ts'
import type { Commit } from './commit.ts'
import { proofOf } from './proof.ts'
import { RELEASE } from './release.ts'
import { lastEvent } from './rows.ts'
import { type KeptLists, readStateRow, stateWriter } from './state-table.ts'
import { headOrigin } from './verify/verify-origin.ts'

/** Where the chain and its checkpoints stand. */
type Position = {
  readonly seq: number
  readonly hash: Uint8Array
  /** Null: this program has written no checkpoint yet. */
  readonly checkpoint: { readonly seq: number; readonly batch: number } | null
  /** What lies there of the state's lists; null: this program has written no state yet. */
  readonly lists: KeptLists | null
}

export type Writer = {
  /** Inside of a transaction. Gives what is to be told to `committed` when the transaction is. */
  readonly write: (commit: Commit) => Position
  readonly committed: (position: Position) => void
}

/** `key`: of this device; null leaves no proof that it wrote. */
export function createWriter(db: DatabaseSync, key: JournalKey | null): Writer {
  const insertEvent = db.prepare(
    'INSERT INTO event (seq, at, body, effects, refused, hash) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const putState = stateWriter(db)
  const putSealed = db.prepare('INSERT OR REPLACE INTO sealed (reversal, bytes) VALUES (?, ?)')
  const putCheckpoint = checkpointWriter(db, key)
  const derive = deriver(db)
  let position = currentPosition(db, key)

  const mark = (why: CheckpointWhy, at: Position, state: string): Position => {
    const { batch } = batchOf(state)
    putCheckpoint({ seq: at.seq, hash: at.hash, why, release: RELEASE, batch, state })
    return { ...at, checkpoint: { seq: at.seq, batch } }
  }

  return {
    write: (commit) => {
      const begun =
        position.checkpoint === null ? mark('release', position, stateBefore(db)) : position
      let { seq, hash } = begun
      for (const { event, effects, refused } of commit.entries) {
        seq += 1
        const body = JSON.stringify(event)
        const row = { seq, at: event.at, body, effects: JSON.stringify(effects), refused }
        hash = chainHash(hash, row)
        insertEvent.run(seq, row.at, body, row.effects, refused, hash)
        for (const effect of effects) derive(effect)
      }
      for (const { reversal, bytes } of commit.sealed) putSealed.run(reversal, bytes)
      const { state } = commit
      const lists = putState({ seq, hash, state, before: begun.lists }, (digest) =>
        key === null ? null : proofOf(key, 'state', digest),
      )
      const { checkpoint } = begun
      const moved = checkpoint?.batch !== state.counters.batch
      const due = moved || seq - (checkpoint?.seq ?? 0) >= CHECKPOINT_EVENTS
      const end = { seq, hash, checkpoint, lists }
      return due ? mark(moved ? 'batch' : 'count', end, JSON.stringify(state)) : end
    },
    committed: (reached) => {
      position = reached
    },
  }
}

/** Derived tables: the records of transactions and the sealed cards. */
function deriver(db: DatabaseSync): (effect: Effect) => void {
  const putRecord = db.prepare(
    'INSERT INTO record (id, at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, body = excluded.body',
  )
  const dropSealed = db.prepare('DELETE FROM sealed WHERE reversal = ?')
  return (effect) => {
    if (effect.do === 'keepRecord')
      putRecord.run(effect.record.id, effect.record.at, JSON.stringify(effect.record))
    if (effect.do === 'dropSealedPan') dropSealed.run(effect.reversal)
  }
}

function currentPosition(db: DatabaseSync, key: JournalKey | null): Position {
  const { seq, hash } = lastEvent(db)
  const last = lastCheckpoint(db)
  // What this device has not proven yet gets a checkpoint, from which on it has.
  const isProven = key === null || headOrigin(db, key).origin === 'own'
  const isOurs = last !== null && last.release === RELEASE && isProven
  return {
    seq,
    hash: hash ?? CHAIN_START,
    checkpoint: isOurs ? { seq: last.seq, batch: last.batch } : null,
    lists: null,
  }
}

function stateBefore(db: DatabaseSync): string {
  return JSON.stringify(readStateRow(db)?.saved() ?? initialState())
}

/** Every release keeps the number of the open batch in the same place. */
function batchOf(state: string): { readonly batch: number } {
  const parsed: { readonly counters: { readonly batch: number } } = JSON.parse(state)
  return parsed.counters
}
