import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { chainHash } from '#shell/journal/chain.ts'
import { type Choice, chooseLines } from '#shell/journal/lines/choose.ts'
import type { Fault, JournalLine } from '#shell/journal/lines/line.ts'
import { readLines } from '#shell/journal/lines/read-lines.ts'
import { type Replayed, type ReplayStep, replay } from '#shell/journal/lines/replay.ts'
import { journalLines } from '#shell/journal/lines/stretch.ts'
import { withReader } from '#shell/journal/reader.ts'
import { eventRows } from '#shell/journal/rows.ts'
import { scratchFolder, tamper, writeDay } from '../day.ts'

function through(lines: Iterable<JournalLine | Fault>): Replayed & { steps: ReplayStep[] } {
  const steps: ReplayStep[] = []
  const run = replay(lines)
  let step = run.next()
  for (; step.done !== true; step = run.next()) steps.push(step.value)
  return { ...step.value, steps }
}

const ofJournal = (file: string) => through(withReader(file, journalLines))
const exported = (file: string, choice: Choice = {}) => [
  ...withReader(file, (db) => chooseLines(journalLines(db), choice)),
]

/** Writes the lines as an export does, and reads them back. */
function ofExport(lines: readonly object[]) {
  const file = join(scratchFolder(), 'export.jsonl')
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return through(readLines(file))
}

test('a day with lost answers, a power cut and restarts is decided again as it was', () => {
  const replayed = ofJournal(writeDay(scratchFolder()))
  expect(replayed).toMatchObject({ difference: null })
  expect(replayed.events).toBeGreaterThan(60)
  expect(replayed.decidedAgain).toBe(replayed.events)
  expect(replayed.steps.some(({ line }) => line.event.type === 'hostSilent')).toBe(true)
})

test('an export replays to the same decisions as the journal, and names the same head', () => {
  const file = writeDay(scratchFolder())
  const journal = ofJournal(file)
  const replayed = ofExport(exported(file))
  expect(replayed.difference).toBeNull()
  expect([replayed.events, replayed.head]).toEqual([journal.events, journal.head])
  expect(replayed.steps.map(({ line }) => line.effects)).toEqual(
    journal.steps.map(({ line }) => line.effects),
  )
})

test('a part from the middle replays alone, because it begins with the state of its first event', () => {
  const file = writeDay(scratchFolder())
  const part = exported(file, { fromSeq: 40, toSeq: 60 })
  expect(ofExport(part)).toMatchObject({
    difference: null,
    events: 21,
    decidedAgain: 21,
    last: 60,
  })
})

test('the hash of a PIN does not leave with an export, and the chain still closes around the gap', () => {
  const lines = exported(writeDay(scratchFolder()))
  expect(JSON.stringify(lines)).not.toContain('salt:hash')
  expect(lines.filter((line) => line.line === 'event' && line.masked === true)).toHaveLength(1)
  expect(ofExport(lines).difference).toBeNull()
})

test.each([
  ['left out', (lines: readonly object[]) => lines.toSpliced(30, 1)],
  ['put twice', (lines: readonly object[]) => lines.toSpliced(30, 0, lines[29] ?? {})],
  [
    'changed',
    (lines: readonly object[]) =>
      lines.map((line, at) => (at === 30 ? { ...line, refused: 'stalePage' } : line)),
  ],
  ['cut off', (lines: readonly object[]) => lines.slice(0, 60)],
  ['no line at all', (lines: readonly object[]) => lines.with(30, { line: 'noise' })],
])(
  'an export with a line %s is not the journal any more, and the place is named',
  (_how, change) => {
    const { difference } = ofExport(change(exported(writeDay(scratchFolder()))))
    expect(difference).not.toBeNull()
    expect(difference?.why).toMatch(/missing|not as it was written|no line of a journal/)
  },
)

test('an amount changed in the journal with every hash made anew: the decisions no longer fit', () => {
  const file = writeDay(scratchFolder())
  forge(file, '"paidMinor":3800', '"paidMinor":3900')
  const { difference } = ofJournal(file)
  expect(difference?.why).toBe('this program decides otherwise than was recorded')
  expect(difference?.recorded).toContain('"paidMinor":3900')
  expect(difference?.decided).toContain('"paidMinor":3800')
})

test('a state that the events do not lead to is found, though its digest was made anew', () => {
  const file = writeDay(scratchFolder())
  const db = new DatabaseSync(file)
  const row = db.prepare('SELECT body FROM state').get()
  const body = String(row?.['body']).replace('"stan":', '"stan":9')
  const head = db.prepare('SELECT hash FROM event ORDER BY seq DESC LIMIT 1').get()?.['hash']
  const hash = head instanceof Uint8Array ? head : new Uint8Array(0)
  const digest = createHash('sha256').update(hash).update(body).digest()
  db.prepare('UPDATE state SET body = ?, digest = ?').run(body, digest)
  db.close()
  expect(ofJournal(file).difference?.why).toMatch(/^the state that was kept/)
})

test('what another release decided is read and not decided again', () => {
  const file = writeDay(scratchFolder())
  tamper(file, 'DELETE FROM checkpoint')
  expect(ofJournal(file)).toMatchObject({ difference: null, decidedAgain: 0 })
})

/** Changes one text in the effects and makes the chain whole again, as somebody with the file and patience would. */
function forge(file: string, from: string, to: string): void {
  const db = new DatabaseSync(file)
  let hash: Uint8Array = new Uint8Array(32)
  const rows = Array.from(eventRows(db, 0))
  for (const row of rows) {
    const forged = { ...row, effects: row.effects.replace(from, to) }
    hash = chainHash(hash, forged)
    db.prepare('UPDATE event SET effects = ?, hash = ? WHERE seq = ?').run(
      forged.effects,
      hash,
      row.seq,
    )
  }
  db.close()
}
