/**
 * The state after the last event, as it lies on disk: one row, and its two long lists item by item, so that a commit writes of them what it
 * changed and nothing else. Flash memory wears by what is written, and a full day's state is thirty times what a sale changes.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { TerminalState } from '#core/terminal/state.ts'
import type { SavedState } from '#core/terminal/upgrade.ts'
import { stateDigest } from './checkpoint.ts'
import { type Placed, placeItems } from './place-items.ts'

/** `place` orders the items of a list; in the row of the state that list is empty. No items: the list is in the row, as in version 2. */
export const ITEM_TABLE = `
  CREATE TABLE state_item (
    list TEXT NOT NULL,
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (list, place)
  ) STRICT, WITHOUT ROWID;
`

type List = 'recent' | 'slips'
type Item = TerminalState[List][number]

export type StateRow = {
  readonly seq: number
  /** The whole state as the release that wrote it knew it. */
  readonly saved: () => SavedState
  /** What its digest must be behind an event with this hash. */
  readonly digestAfter: (hash: Uint8Array) => Uint8Array
  /** As they were written; anything at all. */
  readonly digest: unknown
  readonly proof: unknown
}

/** Null in a journal without a commit. Reads every version, and one moment of it, also beside a terminal that writes. */
export function readStateRow(db: DatabaseSync): StateRow | null {
  if (db.isTransaction) return read(db)
  db.exec('BEGIN')
  try {
    return read(db)
  } finally {
    db.exec('COMMIT')
  }
}

function read(db: DatabaseSync): StateRow | null {
  const row = db.prepare('SELECT * FROM state WHERE id = 1').get()
  if (row === undefined) return null
  const base = String(row['body'])
  const items = readItems(db)
  return {
    seq: Number(row['seq']),
    saved: () => joined(base, items),
    digestAfter: (hash) =>
      stateDigest(
        hash,
        base,
        items.map(({ list, body }) => itemDigest(list, body)),
      ),
    digest: row['digest'],
    proof: row['proof'],
  }
}

type ItemRow = { readonly list: string; readonly body: string }

function readItems(db: DatabaseSync): readonly ItemRow[] {
  // A file of before that nobody has opened for writing yet.
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state_item'").get() === undefined)
    return []
  return db
    .prepare('SELECT list, body FROM state_item ORDER BY list, place')
    .all()
    .map(({ list, body }) => ({ list: String(list), body: String(body) }))
}

/** Each list in the place that the row keeps for it. */
function joined(base: string, items: readonly ItemRow[]): SavedState {
  const state: SavedState = JSON.parse(base)
  const lists = Object.groupBy(items, ({ list }) => list)
  for (const [name, own = []] of Object.entries(lists))
    Object.assign(state, { [name]: own.map(({ body }): unknown => JSON.parse(body)) })
  return state
}

type Kept = Placed<Item> & { readonly digest: Uint8Array }
export type KeptLists = Readonly<Record<List, readonly Kept[]>>

export type PutState = (
  wish: {
    readonly seq: number
    readonly hash: Uint8Array
    readonly state: TerminalState
    /** Null: nothing is known of what lies there, and all of it is written anew. */
    readonly before: KeptLists | null
  },
  proof: (digest: Uint8Array) => Uint8Array | null,
) => KeptLists

/** A function that writes it, inside of a transaction, and gives what lies there when that is committed. */
export function stateWriter(db: DatabaseSync): PutState {
  const putRow = db.prepare(
    'INSERT INTO state (id, seq, body, digest, proof) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, body = excluded.body, digest = excluded.digest, proof = excluded.proof',
  )
  const putItem = db.prepare(
    'INSERT OR REPLACE INTO state_item (list, place, body) VALUES (?, ?, ?)',
  )
  const dropItem = db.prepare('DELETE FROM state_item WHERE list = ? AND place = ?')
  const dropAll = db.prepare('DELETE FROM state_item')

  const putList = (
    list: List,
    before: readonly Kept[],
    items: readonly Item[],
  ): readonly Kept[] => {
    const { placed, gone } = placeItems(before, items)
    for (const place of gone) dropItem.run(list, place)
    return placed.map((one): Kept => {
      if ('digest' in one) return one
      const body = JSON.stringify(one.item)
      putItem.run(list, one.place, body)
      return { ...one, digest: itemDigest(list, body) }
    })
  }

  return ({ before, hash, seq, state }, proof) => {
    if (before === null) dropAll.run()
    const recent = putList('recent', before?.recent ?? [], state.recent)
    const slips = putList('slips', before?.slips ?? [], state.slips)
    const base = JSON.stringify({ ...state, recent: [], slips: [] })
    const digests = [...recent, ...slips].map(({ digest }) => digest)
    const digest = stateDigest(hash, base, digests)
    putRow.run(seq, base, digest, proof(digest))
    return { recent, slips }
  }
}

/** The whole state in the row that is there, for whoever writes it once. Inside of a transaction. */
export function putWholeState(
  db: DatabaseSync,
  hash: Uint8Array,
  text: string,
  proof: (digest: Uint8Array) => Uint8Array | null,
): void {
  const digest = stateDigest(hash, text)
  db.prepare('DELETE FROM state_item').run()
  db.prepare('UPDATE state SET body = ?, digest = ?, proof = ?').run(text, digest, proof(digest))
}

function itemDigest(list: string, body: string): Uint8Array {
  return createHash('sha256').update(`${list}\n${body}`).digest()
}
