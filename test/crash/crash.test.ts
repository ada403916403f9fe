import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { enumerateCuts } from './enumerate.ts'
import { PLANTED, PLANTED_IN_FILES } from './planted.ts'
import { type Programs, rolledUp } from './programs.ts'
import type { Call } from './read-trace.ts'
import { missingTool, record } from './record.ts'
import { BREAKS, breakName, walk } from './walk.ts'
import { BACKUP_BREAKS, walkBackup } from './walk-backup.ts'

/** Under two busy cores a walk of a few runs takes seconds; `make crash` walks every call. */
const WALK_TIMEOUT_MS = 60_000
const FEW = 90

let folder = ''
let programs: Programs
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crash-programs-'))
  programs = await rolledUp(folder)
}, WALK_TIMEOUT_MS)
afterAll(() => {
  programs.remove()
  rmSync(folder, { recursive: true, force: true })
})

function recordingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crash-record-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'day')
}

/** Sales and cuts before the first archive are those of the other day. */
function firstArchived(calls: readonly Call[]): number {
  const first = calls.findIndex((one) => one.call === 'open' && one.name.startsWith('archive-'))
  expect(first).toBeGreaterThan(0)
  expect(calls.slice(first).some((one) => one.call === 'rename')).toBe(true)
  return first
}

test('the tool that records and breaks is there', () => {
  expect(missingTool()).toBeNull()
})

test('power cut after any file operation of a day: nothing acknowledged is lost, nothing happens twice, host and journal agree', {
  timeout: WALK_TIMEOUT_MS,
}, () => {
  const { calls } = record(recordingFolder(), 'small', null, programs)
  const totals = enumerateCuts(calls, { mixes: 1 })
  expect(totals).toMatchObject({ lost: 0, doubled: 0, disagreeing: 0, shown: [] })
  expect(totals.cuts).toBeGreaterThan(300)
  expect(totals.states).toBeGreaterThan(500)
})

test.each(PLANTED)('the judge finds a planted fault: %s', { timeout: WALK_TIMEOUT_MS }, (fault) => {
  const { calls } = record(recordingFolder(), 'small', fault, programs)
  const totals = enumerateCuts(calls, { mixes: 0, untilFound: true })
  expect(totals.lost + totals.doubled + totals.disagreeing).toBeGreaterThan(0)
})

test('power cut while rows move to an archive, while archives end, while the file is written anew: nothing is lost', {
  timeout: WALK_TIMEOUT_MS,
}, () => {
  const { calls } = record(recordingFolder(), 'keeping', null, programs)
  const totals = enumerateCuts(calls, { mixes: 0, from: firstArchived(calls) })
  expect(totals).toMatchObject({ lost: 0, doubled: 0, disagreeing: 0, shown: [] })
  expect(totals.cuts).toBeGreaterThan(500)
})

test('the judge finds rows that were deleted before their archive was on disk', {
  timeout: WALK_TIMEOUT_MS,
}, () => {
  const { calls } = record(recordingFolder(), 'keeping', PLANTED_IN_FILES, programs)
  const from = firstArchived(calls)
  expect(enumerateCuts(calls, { mixes: 0, from, untilFound: true }).lost).toBeGreaterThan(0)
})

test('a disk that fills up under a backup, or power lost at its last step: the journal is as it was, no half backup bears its name', {
  timeout: WALK_TIMEOUT_MS,
}, async () => {
  for (const breaking of BACKUP_BREAKS.filter(
    ({ call }) => call === 'rename' || call === 'write',
  )) {
    const walked = await walkBackup(breaking, { step: 1, lanes: 2, programs })
    expect(walked.findings).toEqual([])
    expect(walked.runs).toBeGreaterThan(0)
  }
})

test.each(BREAKS.map((one) => [breakName(one), one] as const))(
  '%s: the next life finds everything, and the shop goes on',
  {
    timeout: WALK_TIMEOUT_MS,
  },
  async (_name, breaking) => {
    const walked = await walk(breaking, { step: FEW, lanes: 2, programs })
    expect(walked.findings).toEqual([])
    expect(walked.runs).toBeGreaterThan(0)
  },
)
