import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { replay } from '#shell/journal/lines/replay.ts'
import { journalLines } from '#shell/journal/lines/stretch.ts'
import { withReader } from '#shell/journal/reader.ts'
import { RELEASE } from '#shell/journal/release.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { readRecords } from '../../crash/judge.ts'
import { opened, scratchFolder, writeDay } from './day.ts'

const KEPT = fileURLToPath(new URL('../../fixtures/journals', import.meta.url))
const releases = readdirSync(KEPT, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name)
/** The sales of the scripted day that were approved, in fen. */
const APPROVED = [3800, 700, 200]
/** 2026-11-22 12:00:00 in China: the day after. */
const NEXT_NOON = Date.UTC(2026, 10, 22, 4)

function copyOf(release: string): { readonly folder: string; readonly file: string } {
  const folder = scratchFolder()
  cpSync(join(KEPT, release), folder, { recursive: true })
  return { folder, file: join(folder, 'journal.db') }
}

function approved(file: string): readonly number[] {
  return [...readRecords(file).values()]
    .filter(({ outcome }) => outcome === 'approved')
    .map(({ paidMinor }) => paidMinor)
}

function replayed(file: string) {
  const run = replay(withReader(file, journalLines))
  let step = run.next()
  while (step.done !== true) step = run.next()
  return step.value
}

test('journals of earlier releases are kept', () => {
  expect(releases.length).toBeGreaterThan(0)
})

test.each(releases)(
  '%s: the journal is whole, its sales are there, and nothing is owed',
  (release) => {
    const { file } = copyOf(release)
    expect(verifyJournal(file)).toMatchObject({ ok: true })
    expect(approved(file)).toEqual(APPROVED)
    const journal = opened(file)
    const state = journal.lastState()
    journal.close()
    expect(state).toMatchObject({ reversal: null, advice: null, counters: { batch: 1 } })
  },
)

test.each(releases)(
  '%s: the terminal goes on from it, and the replay decides again what this release decided',
  (release) => {
    const { file, folder } = copyOf(release)
    const { events, head } = replayed(file)
    const isOfThisRelease = [...withReader(file, journalLines)].some(
      (line) => line.line === 'checkpoint' && line.release === RELEASE,
    )
    writeDay(folder, [{ do: 'sell', yuan: 9, outcome: 'approved' }], { at: NEXT_NOON, seq: 0 })
    expect(verifyJournal(file)).toMatchObject({ ok: true })
    expect(approved(file)).toEqual([...APPROVED, 900])
    const after = replayed(file)
    // What a release decided before it was finished it may decide otherwise by now: then the replay names the event.
    if (isOfThisRelease) return
    expect(after.difference).toBeNull()
    expect(after.decidedAgain).toBeGreaterThan(0)
    expect(after.events).toBeGreaterThan(events)
    expect(after.head).not.toBe(head)
  },
)
