import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { type Journal, openJournal } from '#shell/journal/journal.ts'
import { RELEASE } from '#shell/journal/release.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'journal-'))
}

function opened(file: string): Journal {
  const outcome = openJournal(file)
  if (!outcome.ok) throw new Error(outcome.detail)
  onTestFinished(() => outcome.journal.close())
  return outcome.journal
}

const key = (at: number) => ({
  event: { type: 'keyPressed', page: 'amount#1', key: '5', at } as const,
  effects: [],
  refused: null,
})

function withThree(file: string): void {
  const journal = opened(file)
  for (const at of [1, 2, 3])
    journal.commit({ entries: [key(at)], state: { ...initialState(), at }, sealed: [] })
}

test('what was committed is there when the file is opened again', () => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  expect(opened(file).lastState()).toEqual({ ...initialState(), at: 3 })
})

test('a new journal has no state, and its settings are those that survive a power cut', () => {
  const file = join(folder(), 'journal.db')
  expect(opened(file).lastState()).toBeNull()
  const db = new DatabaseSync(file)
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  db.close()
})

test('an untouched chain verifies, and the count is told', () => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  expect(verifyJournal(file)).toEqual({ ok: true, events: 3 })
})

test.each([
  ['changed', 'UPDATE event SET body = replace(body, char(53), char(57)) WHERE seq = 2', 2],
  ['removed', 'DELETE FROM event WHERE seq = 2', 3],
  ['moved', 'UPDATE event SET seq = 9 WHERE seq = 3', 9],
  ['dated back', 'UPDATE event SET at = 0 WHERE seq = 1', 1],
])('a row that was %s is named', (_how, sql, seq) => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  const db = new DatabaseSync(file)
  db.exec(sql)
  db.close()
  expect(verifyJournal(file)).toMatchObject({ ok: false, seq })
})

test('rows cut off at the end are noticed, because the state names the last one', () => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  const db = new DatabaseSync(file)
  db.exec('DELETE FROM event WHERE seq = 3')
  db.close()
  expect(verifyJournal(file)).toMatchObject({ ok: false, seq: 3 })
})

test('a journal whose state does not fit its last event is not opened: nobody sells on it', () => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  const db = new DatabaseSync(file)
  db.exec('DELETE FROM event WHERE seq = 3')
  db.close()
  expect(openJournal(file)).toMatchObject({ ok: false, why: 'damaged' })
})

test('a journal from a newer release is refused and left as it is', () => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  const db = new DatabaseSync(file)
  db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  const before = readFileSync(file)
  expect(openJournal(file)).toMatchObject({ ok: false, why: 'fromTheFuture' })
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a file that is something else is refused and left as it is', () => {
  const file = join(folder(), 'journal.db')
  writeFileSync(file, 'these are the minutes of the shopkeepers association, '.repeat(40))
  expect(openJournal(file)).toMatchObject({ ok: false, why: 'damaged' })
  expect(readFileSync(file, 'utf8')).toMatch(/^these are the minutes/)
})

test('a failed commit leaves nothing of itself behind', () => {
  const file = join(folder(), 'journal.db')
  const journal = opened(file)
  journal.commit({ entries: [key(1)], state: { ...initialState(), at: 1 }, sealed: [] })
  const db = new DatabaseSync(file)
  db.exec("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT raise(ABORT, 'disk full'); END")
  expect(() =>
    journal.commit({ entries: [key(2)], state: { ...initialState(), at: 2 }, sealed: [] }),
  ).toThrow('disk full')
  db.exec('DROP TRIGGER full')
  db.close()
  journal.commit({ entries: [key(3)], state: { ...initialState(), at: 3 }, sealed: [] })
  expect(verifyJournal(file)).toEqual({ ok: true, events: 2 })
})

test('the sealed card of a reversal goes in with its commit and out with the one that ends it', () => {
  const file = join(folder(), 'journal.db')
  const journal = opened(file)
  journal.commit({
    entries: [key(1)],
    state: initialState(),
    sealed: [{ reversal: '000001-000002', bytes: Uint8Array.of(7, 8) }],
  })
  expect(journal.sealedPan('000001-000002')).toEqual(Uint8Array.of(7, 8))
  const drop = { ...key(2), effects: [{ do: 'dropSealedPan', reversal: '000001-000002' } as const] }
  journal.commit({ entries: [drop], state: initialState(), sealed: [] })
  expect(journal.sealedPan('000001-000002')).toBeNull()
})

test('a data folder has one terminal: the second is refused until the first lets go', () => {
  const file = join(folder(), 'terminal.lock')
  const unlock = lockFolder(file)
  expect(unlock).not.toBeNull()
  expect(lockFolder(file)).toBeNull()
  unlock?.()
  const again = lockFolder(file)
  expect(again).not.toBeNull()
  again?.()
})

test('the release that the journal names is the one of the package', () => {
  const file = new URL('../../../package.json', import.meta.url)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: RELEASE })
})

test('a state that was changed on disk is refused: a start trusts nothing that does not fit the chain', () => {
  const file = join(folder(), 'journal.db')
  withThree(file)
  const db = new DatabaseSync(file)
  db.exec(`UPDATE state SET body = replace(body, '"batch":1', '"batch":0')`)
  db.close()
  expect(openJournal(file)).toMatchObject({
    ok: false,
    why: 'damaged',
    detail: 'the state after event 3 is not as it was written',
  })
})
