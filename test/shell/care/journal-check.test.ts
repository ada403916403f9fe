/** The whole journal is read through while nobody is served, and one that does not fit together stops all selling. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { createJournalCheck, readChecked } from '#shell/care/journal-check.ts'
import { verifyInSlices } from '#shell/journal/verify/sliced.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { checkedFile, checkRefused } from '../../../src/cli/journal/check-refused.ts'
import { opened, scratchFolder, tamper, writeDay } from '../journal/day.ts'

const DAY_MS = 86_400_000
const IDLE: TerminalState = { ...initialState(), step: { kind: 'amount', typed: '' } }
const SERVING: TerminalState = { ...initialState(), step: { kind: 'amount', typed: '3' } }

/** A check on a journal of a short day; time passes when a test says so. */
function checking(folder: string, journal: string) {
  let now = Date.UTC(2026, 10, 21, 4)
  const waiting: (() => void)[] = []
  const clock = {
    wallMs: () => now,
    monotonicMs: () => now,
    after: (ms: number, task: () => void) => {
      waiting.push(() => {
        now += ms
        task()
      })
      return () => undefined
    },
  }
  const disk = createDisk()
  const file = checkedFile(folder)
  const told: string[] = []
  let state = IDLE
  let readings = 0
  const check = createJournalCheck({
    verify: () => {
      readings += 1
      return verifyInSlices(journal)
    },
    file,
    everyMs: DAY_MS,
    state: () => state,
    disk,
    clock,
    note: () => undefined,
    onBroken: () => told.push('broken'),
  })
  check.start()
  return {
    disk,
    file,
    told,
    readings: () => readings,
    serve: (is: boolean) => void (state = is ? SERVING : IDLE),
    /** So many timers, one after the other. */
    turn: (times: number) => {
      for (let turn = 0; turn < times; turn += 1) waiting.shift()?.()
    },
  }
}

test('a whole journal is whole, read in slices as on command, and is read again a day later', () => {
  const folder = scratchFolder()
  const journal = writeDay(folder)
  const check = checking(folder, journal)
  check.turn(20)
  expect(readChecked(check.file, check.disk)).toMatchObject({ ok: true, seq: eventsOf(journal) })
  expect([check.readings(), check.told]).toEqual([1, []])
  check.turn(DAY_MS / 60_000)
  expect(check.readings()).toBe(2)
})

test('while somebody is served the reading waits', () => {
  const folder = scratchFolder()
  const check = checking(folder, writeDay(folder))
  check.serve(true)
  check.turn(30)
  expect(readChecked(check.file, check.disk)).toBeNull()
  check.serve(false)
  check.turn(20)
  expect(readChecked(check.file, check.disk)).toMatchObject({ ok: true })
})

test.each([
  ['an early event', `UPDATE event SET body = replace(body, '"at"', '"At"') WHERE seq = 3`],
  ['an event taken out', 'DELETE FROM event WHERE seq = 5'],
  [
    'the amount of a record',
    `UPDATE record SET body = replace(body, '"paidMinor":', '"paidMinor":1')`,
  ],
  ['a record taken out', 'DELETE FROM record WHERE id = (SELECT min(id) FROM record)'],
  ['a record put in', `INSERT INTO record (id, at, body) VALUES ('000001-999999', 1, '{}')`],
  ['the state', `UPDATE state SET body = replace(body, '"inBatch":', '"inBatch":1')`],
])(
  'somebody changed %s: found, told once, and the next start is refused until it is put back',
  (_what, sql) => {
    const folder = scratchFolder()
    const journal = writeDay(folder)
    const sound = new DatabaseSync(journal)
    sound.exec(`VACUUM INTO '${join(folder, 'sound.db')}'`)
    sound.close()
    tamper(journal, sql)
    const check = checking(folder, journal)
    check.turn(40)
    expect(check.told).toEqual(['broken'])
    expect(readChecked(check.file, check.disk)).toMatchObject({ ok: false })
    expect(checkRefused(journal, folder, check.disk)).toContain('does not fit together')
    expect(checkRefused(join(folder, 'sound.db'), folder, check.disk)).toBeNull()
    expect(readChecked(check.file, check.disk)).toMatchObject({ ok: true })
  },
)

test('what is written between two slices is read as well, and is no fault', () => {
  const folder = scratchFolder()
  const journal = writeDay(folder)
  const reading = verifyInSlices(journal)
  expect(reading.next().done).toBe(false)
  const writer = opened(journal)
  const state = writer.lastState() ?? initialState()
  const event = { type: 'linkProbed', alive: true, at: state.at } as const
  writer.commit({ entries: [{ event, effects: [], refused: null }], state, sealed: [] })
  writer.close()
  let slice = reading.next()
  while (slice.done !== true) slice = reading.next()
  expect(slice.value).toEqual(verifyJournal(journal))
})

function eventsOf(journal: string): number {
  const verified = verifyJournal(journal)
  return verified.ok ? verified.events : -1
}
