/**
 * States kept along the chain: a reopening verifies from the last one, a replay begins at one, and archives are cut at them. Each lies in
 * the commit that it describes and carries a digest of its own, so that a damaged one shows.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { JournalKey } from '../keys/journal-key.ts'
import { proofOf } from './proof.ts'

/**
 * `release`: the first of this program, before anything it decided. `batch`: the batch number moved. `count`: enough events lie behind the
 * last one. `restored`: a backup was put in the place of a newer journal, and the counters were lifted.
 */
export type CheckpointWhy = 'release' | 'batch' | 'count' | 'restored'

export type Checkpoint = {
  /** The last event that the state knows. */
  readonly seq: number
  readonly why: CheckpointWhy
  /** The hash of that event. */
  readonly hash: Uint8Array
  readonly release: string
  /** The batch that is open in this state. */
  readonly batch: number
  /** The state as JSON. */
  readonly state: string
}

/** A reopening reads at most so many events, in some twenty milliseconds. */
export const CHECKPOINT_EVENTS = 1024

export const CHECKPOINT_TABLE = `
  CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    why TEXT NOT NULL,
    hash BLOB NOT NULL,
    release TEXT NOT NULL,
    batch INTEGER NOT NULL,
    state TEXT NOT NULL,
    digest BLOB NOT NULL,
    proof BLOB
  ) STRICT;
  CREATE INDEX checkpoint_seq ON checkpoint (seq);
`

/** A function that writes one; inside of the caller's transaction. Without a key there is no proof of this device. */
export function checkpointWriter(
  db: DatabaseSync,
  key: JournalKey | null = null,
): (checkpoint: Checkpoint) => void {
  const insert = db.prepare(
    'INSERT INTO checkpoint (seq, why, hash, release, batch, state, digest, proof) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  return (one) => {
    const { batch, hash, release, seq, state, why } = one
    const digest = digestOf(one)
    const proof = key === null ? null : proofOf(key, 'checkpoint', digest)
    insert.run(seq, why, hash, release, batch, state, digest, proof)
  }
}

/** Oldest first, the state of each read only when it is asked for one by one. */
export function* checkpoints(db: DatabaseSync): Generator<Checkpoint | 'damaged'> {
  if (!hasCheckpoints(db)) return
  for (const row of db.prepare('SELECT * FROM checkpoint ORDER BY id').iterate()) yield readRow(row)
}

/** The newest; null when there is none, as in a journal of before, or when it is damaged. */
export function lastCheckpoint(db: DatabaseSync): Checkpoint | null {
  if (!hasCheckpoints(db)) return null
  const row = db.prepare('SELECT * FROM checkpoint ORDER BY id DESC LIMIT 1').get()
  const read = row === undefined ? null : readRow(row)
  return read === 'damaged' ? null : read
}

/** False in a journal of before that nobody has opened for writing yet. */
function hasCheckpoints(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'checkpoint'").get() !== undefined
}

function readRow(row: Record<string, unknown>): Checkpoint | 'damaged' {
  const { hash, digest } = row
  const why = WHYS.find((one) => one === row['why'])
  if (!(hash instanceof Uint8Array) || !(digest instanceof Uint8Array) || why === undefined)
    return 'damaged'
  const read: Checkpoint = {
    seq: Number(row['seq']),
    why,
    hash,
    release: String(row['release']),
    batch: Number(row['batch']),
    state: String(row['state']),
  }
  return Buffer.compare(digest, digestOf(read)) === 0 ? read : 'damaged'
}

const WHYS: readonly CheckpointWhy[] = ['release', 'batch', 'count', 'restored']

function digestOf({ seq, why, hash, release, batch, state }: Checkpoint): Uint8Array {
  return stateDigest(hash, [seq, why, release, batch, state].join('\n'))
}

/** SHA-256 that ties a state to the event it came after; `items`: digests of what lies apart from it, in order. */
export function stateDigest(
  hash: Uint8Array,
  state: string,
  items: readonly Uint8Array[] = [],
): Uint8Array {
  const digest = createHash('sha256').update(hash).update(state)
  if (items.length > 0) digest.update(Buffer.concat(items))
  return digest.digest()
}
