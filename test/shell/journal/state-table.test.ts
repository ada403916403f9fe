import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TerminalState } from '#core/terminal/state.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { prepareSchema } from '#shell/journal/schema.ts'
import { type KeptLists, readStateRow, stateWriter } from '#shell/journal/state-table.ts'
import { opened, scratchFolder, writeDay } from './day.ts'

/** After a day of sales: some records, some slips. */
function stateOfDay(): TerminalState {
  const journal = opened(writeDay(scratchFolder()))
  const state = journal.lastState()
  journal.close()
  if (state === null) throw new Error('a day leaves a state')
  return state
}

function table() {
  const db = new DatabaseSync(join(scratchFolder(), 'journal.db'))
  prepareSchema(db)
  // Nobody pulls the power here.
  db.exec('PRAGMA synchronous = OFF')
  const putState = stateWriter(db)
  let before: KeptLists | null = null
  return {
    db,
    put: (state: TerminalState, hash: Uint8Array): void => {
      before = putState({ seq: 1, hash, state, before }, () => null)
    },
    /** Rows of lists that a deed writes or deletes. */
    itemsTouched: (deed: () => void): number => {
      const count = (): number => Number(db.prepare('SELECT total_changes() AS n').get()?.['n'])
      const was = count()
      deed()
      // One more is the row of the state.
      return count() - was - 1
    },
  }
}

const HASH = new Uint8Array(32).fill(3)

test('whatever was put is read again to the letter, with the digest that was written', () => {
  const day = stateOfDay()
  const { db, put } = table()
  const some = fc.subarray([...day.recent.keys()])
  const others = fc.subarray([...day.slips.keys()])
  fc.assert(
    fc.property(some, others, fc.nat(255), (records, slips, byte) => {
      const state: TerminalState = {
        ...day,
        recent: records.flatMap((index) => day.recent[index] ?? []),
        slips: slips.flatMap((index) => day.slips[index] ?? []),
      }
      const hash = HASH.map((one) => one ^ byte)
      put(state, hash)
      const row = readStateRow(db)
      expect(JSON.stringify(row?.saved())).toBe(JSON.stringify(state))
      expect(Uint8Array.from(row?.digestAfter(hash) ?? [])).toEqual(row?.digest)
    }),
  )
})

test('a sale writes its own record and slip, not the hundred before it', () => {
  const day = stateOfDay()
  const { itemsTouched, put } = table()
  const [record] = day.recent
  const [job] = day.slips
  if (record === undefined || job === undefined) throw new Error('the day has sales and slips')
  const recent = Array.from({ length: 20 }, () => ({ ...record }))
  const slips = Array.from({ length: 180 }, () => ({ ...job }))
  put({ ...day, recent, slips }, HASH)
  expect(itemsTouched(() => put({ ...day, recent, slips, at: day.at + 1 }, HASH))).toBe(0)
  const after = { recent: [...recent.slice(1), { ...record }], slips: [...slips, { ...job }] }
  expect(itemsTouched(() => put({ ...day, ...after }, HASH))).toBe(3)
})

test.each([
  ['changed', `UPDATE state_item SET body = replace(body, '"paidMinor":3800', '"paidMinor":3900')`],
  ['taken away', `DELETE FROM state_item WHERE list = 'slips' AND place = 0`],
  ['added', `INSERT INTO state_item SELECT list, 99, body FROM state_item WHERE place = 0`],
  ['moved', `UPDATE state_item SET place = 98 WHERE place = 0`],
  [
    'put into the other list',
    `UPDATE state_item SET list = 'slips' WHERE list = 'recent' AND place = 6`,
  ],
])('an item of the state that was %s on disk: a start refuses it', (_how, sql) => {
  const file = writeDay(scratchFolder())
  const db = new DatabaseSync(file)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
  expect(openJournal(file)).toMatchObject({ ok: false, why: 'damaged' })
})

test('a reader beside the terminal sees row and items of one commit', () => {
  const file = writeDay(scratchFolder())
  const reader = new DatabaseSync(file, { readOnly: true })
  const journal = opened(file)
  const day = journal.lastState()
  if (day === null) throw new Error('a day leaves a state')
  // The terminal commits whenever the reader is about to read the items.
  const prepare = reader.prepare.bind(reader)
  const between = Object.assign(reader, {
    prepare: (sql: string) => {
      if (sql.includes('state_item'))
        journal.commit({ entries: [], state: { ...day, recent: [], slips: [] }, sealed: [] })
      return prepare(sql)
    },
  })
  const row = readStateRow(between)
  expect(JSON.stringify(row?.saved())).toBe(JSON.stringify(day))
  journal.close()
  reader.close()
})
