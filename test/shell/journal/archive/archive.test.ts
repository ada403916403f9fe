import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { archiveOldest } from '#shell/journal/archive/archive.ts'
import { compact, removeExpired } from '#shell/journal/archive/retention.ts'
import type { Fault, JournalLine } from '#shell/journal/lines/line.ts'
import { readLines } from '#shell/journal/lines/read-lines.ts'
import { type Replayed, replay } from '#shell/journal/lines/replay.ts'
import { journalLines } from '#shell/journal/lines/stretch.ts'
import { withReader } from '#shell/journal/reader.ts'
import { reopenJournal } from '#shell/journal/reopen.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { verifyArchives } from '#shell/journal/verify/verify-archives.ts'
import type { Happening } from '../../../crash/plan.ts'
import { freshTicks } from '../../../crash/scripted-world.ts'
import { opened, scratchFolder, tamper, writeDay } from '../day.ts'

const sale = (yuan: number): Happening => ({ do: 'sell', yuan, outcome: 'approved' })
const SETTLE: Happening = { do: 'settle' }
/** More than the state keeps at hand (RECENT_LIMIT), so that the first ones are in the journal alone. */
const MANY = Array.from({ length: 30 }, (_, index) => sale(index + 1))
const LATER = Number.MAX_SAFE_INTEGER

/** Two closed batches and a sale in the third. */
function settledDays(): { readonly folder: string; readonly file: string } {
  const folder = scratchFolder()
  const file = writeDay(folder, [...MANY, SETTLE, ...MANY, SETTLE, sale(7)])
  return { folder, file }
}

const archives = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('archive-'))
    .sort()

function replayed(lines: Iterable<JournalLine | Fault>): Replayed {
  const run = replay(lines)
  let step = run.next()
  while (step.done !== true) step = run.next()
  return step.value
}

test('a closed batch moves to a file of its own, and the chain goes from it into the journal', () => {
  const { file, folder } = settledDays()
  const before = verifyJournal(file)
  expect(archiveOldest(file, LATER)).toMatchObject({ ok: true, moved: { first: 1, batch: 1 } })
  expect(archiveOldest(file, LATER)).toMatchObject({ ok: true, moved: { batch: 2 } })
  expect(archiveOldest(file, LATER)).toEqual({ ok: true, moved: null })
  expect(archives(folder)).toHaveLength(2)
  expect(verifyJournal(file)).toEqual(before)
  expect(verifyArchives(file)).toEqual({ ok: true, whole: 2, removed: 0 })
})

test('archives and what is left replay one after the other, each alone, as before', () => {
  const { file, folder } = settledDays()
  const whole = replayed(withReader(file, journalLines))
  while (archiveOldest(file, LATER).ok && archives(folder).length < 2);
  const parts = [
    ...archives(folder).map((name) => replayed(readLines(join(folder, name)))),
    replayed(withReader(file, journalLines)),
  ]
  expect(parts.map(({ difference }) => difference)).toEqual([null, null, null])
  expect(parts.reduce((sum, { decidedAgain }) => sum + decidedAgain, 0)).toBe(whole.decidedAgain)
  expect(parts.at(-1)?.head).toBe(whole.head)
})

test('after archiving the terminal goes on: numbers, sums and receipts of earlier batches are there', () => {
  const { file, folder } = settledDays()
  const journal = opened(file)
  const before = [
    journal.lastState(),
    journal.batchRecords('000001'),
    journal.newestRecord('000003'),
  ]
  journal.close()
  archiveOldest(file, LATER)
  const after = opened(file)
  expect([after.lastState(), after.batchRecords('000001'), after.newestRecord('000003')]).toEqual(
    before,
  )
  after.close()
  writeDay(folder, [sale(3)], { ...freshTicks(), at: Date.UTC(2026, 10, 22, 4) })
  expect(verifyJournal(file)).toMatchObject({ ok: true })
  const again = reopenJournal(file)
  expect(again.ok).toBe(true)
  if (again.ok) again.journal.close()
})

test('a batch that is younger than the time set stays, and so does the open one', () => {
  const { file, folder } = settledDays()
  expect(archiveOldest(file, freshTicks().at)).toEqual({ ok: true, moved: null })
  expect(archives(folder)).toEqual([])
})

test.each([
  ['missing', (path: string) => rmSync(path), /is missing/],
  [
    'changed',
    (path: string) =>
      writeFileSync(path, readFileSync(path, 'utf8').replace('"paidMinor":100', '"paidMinor":900')),
    /is not whole: event \d+ is not as it was written/,
  ],
  [
    'cut off',
    (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 20_000)),
    /is not whole/,
  ],
])('an archive that is %s is named', (_how, spoil, why) => {
  const { file, folder } = settledDays()
  archiveOldest(file, LATER)
  spoil(join(folder, archives(folder)[0] ?? ''))
  expect(verifyArchives(file)).toMatchObject({ ok: false, why: expect.stringMatching(why) })
})

test('a row that does not fit the archive before it is found in the journal', () => {
  const { file } = settledDays()
  archiveOldest(file, LATER)
  tamper(file, 'UPDATE archive SET head = zeroblob(32)')
  expect(verifyJournal(file)).toMatchObject({ ok: false })
})

test('what is older than it may be kept is gone from every raw file, and the rest is still one chain', () => {
  const { file, folder } = settledDays()
  const journal = opened(file)
  // The first sales of the first batch: no state keeps them at hand any more.
  const old = journal.batchRecords('000001').slice(0, 5)
  journal.close()
  expect(old).toHaveLength(5)
  while (archiveOldest(file, LATER).ok && archives(folder).length < 2);
  const found = (): string[] =>
    carve(
      folder,
      old.flatMap(({ id, reference }) => [id, reference]),
    )
  expect(found()).not.toEqual([])
  expect(removeExpired(file, LATER)).toEqual({ ok: true, removed: 2 })
  expect(compact(file)).toMatchObject({ ok: true })
  expect(found()).toEqual([])
  expect(archives(folder)).toEqual([])
  expect(verifyJournal(file)).toMatchObject({ ok: true })
  expect(verifyArchives(file)).toEqual({ ok: true, whole: 0, removed: 2 })
  expect(replayed(withReader(file, journalLines)).difference).toBeNull()
})

test('even before the file is written anew, nothing deleted can be read in it', () => {
  const { file, folder } = settledDays()
  const journal = opened(file)
  const [first] = journal.batchRecords('000001')
  journal.close()
  while (archiveOldest(file, LATER).ok && archives(folder).length < 2);
  removeExpired(file, LATER)
  expect(carve(folder, [first?.id ?? '?'])).toEqual([])
})

test('a cut between marking and deleting is finished by the next run', () => {
  const { file, folder } = settledDays()
  archiveOldest(file, LATER)
  tamper(file, 'UPDATE archive SET removed = 1')
  expect(archives(folder)).toHaveLength(1)
  expect(removeExpired(file, 0)).toEqual({ ok: true, removed: 0 })
  expect(archives(folder)).toEqual([])
})

test('where the file cannot be made, every row stays where it is', () => {
  const learned = settledDays()
  archiveOldest(learned.file, LATER)
  const { file, folder } = settledDays()
  const before = verifyJournal(file)
  // The name of the new file is taken by a folder.
  mkdirSync(join(folder, `${archives(learned.folder)[0]}.part`))
  expect(archiveOldest(file, LATER)).toMatchObject({ ok: false })
  expect(verifyJournal(file)).toEqual(before)
  expect(verifyArchives(file)).toEqual({ ok: true, whole: 0, removed: 0 })
})

/** Words that can be read in any file of the folder, as they lie. */
function carve(folder: string, words: readonly string[]): string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  return words.filter((word) => files.some((bytes) => bytes.includes(word)))
}
