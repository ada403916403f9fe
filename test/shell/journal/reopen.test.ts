import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { reopenJournal } from '#shell/journal/reopen.ts'

const key = (at: number) => ({
  event: { type: 'keyPressed', page: 'amount#1', key: '5', at } as const,
  effects: [],
  refused: null,
})

/** A journal with two events, left as a process leaves it that does not come to closing. */
function leftBehind(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'reopen-')), 'journal.db')
  const opened = openJournal(file)
  if (!opened.ok) throw new Error(opened.detail)
  onTestFinished(() => opened.journal.close())
  for (const at of [1, 2])
    opened.journal.commit({ entries: [key(at)], state: { ...initialState(), at }, sealed: [] })
  return file
}

test('what was readable after a failed write is written once more into the database file, and the log is emptied', () => {
  const file = leftBehind()
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
  const again = reopenJournal(file)
  if (!again.ok) throw new Error(again.detail)
  onTestFinished(() => again.journal.close())
  expect(statSync(`${file}-wal`).size).toBe(0)
  expect(again.journal.lastState()).toMatchObject({ at: 2 })
})

test('a chain that does not fit keeps the terminal out of service, by name', () => {
  const file = leftBehind()
  const db = new DatabaseSync(file)
  db.exec('UPDATE event SET at = 7 WHERE seq = 1')
  db.close()
  expect(reopenJournal(file)).toEqual({
    ok: false,
    why: 'damaged',
    detail: 'event 1 is not as it was written',
  })
})

test('a disk that still fails is told and nothing is changed', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'reopen-')), 'journal.db')
  writeFileSync(file, 'no journal at all, '.repeat(100))
  expect(reopenJournal(file)).toMatchObject({ ok: false, why: 'damaged' })
  expect(readFileSync(file, 'utf8')).toMatch(/^no journal at all/)
})
