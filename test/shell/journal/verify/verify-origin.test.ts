import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { CHAIN_START, chainHash } from '#shell/journal/chain.ts'
import { stateDigest } from '#shell/journal/checkpoint.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { FALSE_PROOF, proofOf } from '#shell/journal/proof.ts'
import { eventRows } from '#shell/journal/rows.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { verifyOrigin } from '#shell/journal/verify/verify-origin.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { type JournalKey, journalKey } from '#shell/keys/journal-key.ts'
import { scratchFolder, tamper } from '../day.ts'

const keyOf = (byte: number): JournalKey => journalKey(new DeviceKey(new Uint8Array(32).fill(byte)))
const OURS = keyOf(1)
const THEIRS = keyOf(2)

/** Adds events, each in a commit of its own. */
function write(file: string, events: number, key: JournalKey | null): void {
  const opened = openJournal(file, key)
  if (!opened.ok) throw new Error(opened.detail)
  const from = opened.journal.lastState()?.at ?? 0
  for (let at = from + 1; at <= from + events; at++) {
    const event = { type: 'keyPressed', page: 'amount#1', key: '5', at } as const
    const entries = [{ event, effects: [], refused: null }]
    opened.journal.commit({ entries, state: { ...initialState(), at }, sealed: [] })
  }
  opened.journal.close()
}

function journalOf(events: number, key: JournalKey | null = OURS): string {
  const file = join(scratchFolder(), 'journal.db')
  write(file, events, key)
  return file
}

/** Another key on the second event, and every hash and digest made anew, as somebody with the program and without the key would. */
function rewriteChain(file: string, proofFor: (digest: Uint8Array) => Uint8Array | null): void {
  const db = new DatabaseSync(file)
  db.exec(`UPDATE event SET body = replace(body, '"5"', '"9"') WHERE seq = 2`)
  let hash: Uint8Array = CHAIN_START
  const put = db.prepare('UPDATE event SET hash = ? WHERE seq = ?')
  const rows = Array.from(eventRows(db, 0))
  for (const row of rows) {
    hash = chainHash(hash, row)
    put.run(hash, row.seq)
  }
  const digest = stateDigest(hash, String(db.prepare('SELECT body FROM state').get()?.['body']))
  db.prepare('UPDATE state SET digest = ?, proof = ?').run(digest, proofFor(digest))
  // The one before the first event names no other hash than the start of the chain.
  db.exec('DELETE FROM checkpoint WHERE seq > 0')
  db.close()
}

test('a journal that this device wrote is proven from its first event to its last', () => {
  const file = journalOf(5)
  expect(verifyOrigin(file, OURS)).toEqual({ ok: true, proven: 1, unproven: 0, from: 0 })
})

test('a chain that was made anew from end to end is noticed, though every hash fits', () => {
  const file = journalOf(5)
  rewriteChain(file, () => null)
  expect(verifyJournal(file)).toEqual({ ok: true, events: 5 })
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: false, seq: 5 })
})

test('a chain made anew that claims to be of this device is noticed, and no terminal starts on it', () => {
  const file = journalOf(5)
  const guessed = { id: OURS.id, mac: THEIRS.mac }
  rewriteChain(file, (digest) => proofOf(guessed, 'state', digest))
  expect(verifyJournal(file)).toEqual({ ok: true, events: 5 })
  expect(verifyOrigin(file, OURS)).toEqual({ ok: false, seq: 5, why: FALSE_PROOF })
  expect(openJournal(file, OURS)).toEqual({ ok: false, why: 'damaged', detail: FALSE_PROOF })
})

test('the proof of a checkpoint is none for a state', () => {
  const file = journalOf(5)
  rewriteChain(file, (digest) => proofOf(OURS, 'checkpoint', digest))
  expect(verifyOrigin(file, OURS)).toEqual({ ok: false, seq: 5, why: FALSE_PROOF })
})

test('a checkpoint that somebody else wrote is named', () => {
  const file = journalOf(5)
  const db = new DatabaseSync(file)
  const digest = db.prepare('SELECT digest FROM checkpoint WHERE id = 1').get()?.['digest']
  if (!(digest instanceof Uint8Array)) throw new Error('no checkpoint')
  const proof = proofOf({ id: OURS.id, mac: THEIRS.mac }, 'checkpoint', digest)
  db.prepare('UPDATE checkpoint SET proof = ? WHERE id = 1').run(proof)
  db.close()
  const why = 'the checkpoint after event 0 bears a false proof'
  expect(verifyOrigin(file, OURS)).toEqual({ ok: false, seq: 0, why })
})

test('every bit of a proof counts', () => {
  const file = journalOf(2)
  const db = new DatabaseSync(file)
  const proof = db.prepare('SELECT proof FROM state').get()?.['proof']
  if (!(proof instanceof Uint8Array)) throw new Error('no proof')
  for (let bit = 0; bit < proof.length * 8; bit += 5) {
    const other = Uint8Array.from(proof)
    other.set([(other.at(bit >> 3) ?? 0) ^ (1 << (bit & 7))], bit >> 3)
    db.prepare('UPDATE state SET proof = ?').run(other)
    expect(verifyOrigin(file, OURS).ok).toBe(false)
  }
  db.close()
})

test('a journal without proofs is taken over: from the next event on it bears them, and how many do not is told', () => {
  const file = journalOf(3, null)
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: false, seq: 3 })
  write(file, 2, OURS)
  expect(verifyOrigin(file, OURS)).toEqual({ ok: true, proven: 1, unproven: 1, from: 3 })
})

test('an older release writes in between: its end bears no proof, and the next start of this one proves it again', () => {
  const file = journalOf(3)
  write(file, 1, null)
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: false, seq: 4 })
  write(file, 1, OURS)
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: true, from: 0 })
})

test('a journal from another box is named as such, and goes on under the key of this one', () => {
  const file = journalOf(3, THEIRS)
  expect(verifyOrigin(file, OURS)).toMatchObject({
    ok: false,
    why: 'its end bears the proof of another device',
  })
  write(file, 1, OURS)
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: true, unproven: 1, from: 3 })
})

test('a journal of a release that knew no proofs opens, and gets room for them', () => {
  const file = journalOf(3, null)
  tamper(file, 'ALTER TABLE state DROP COLUMN proof; ALTER TABLE checkpoint DROP COLUMN proof')
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: false, seq: 3 })
  write(file, 1, OURS)
  expect(verifyOrigin(file, OURS)).toMatchObject({ ok: true, from: 3 })
})

test('an empty journal has nothing to prove', () => {
  const file = join(scratchFolder(), 'journal.db')
  write(file, 0, OURS)
  expect(verifyOrigin(file, OURS)).toEqual({ ok: true, proven: 0, unproven: 0, from: null })
})
