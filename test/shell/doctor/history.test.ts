/** What earlier runs of the doctor add to a report: since when, how often, and what to replace. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadTechnicianWords } from '#shell/devices/technician-words.ts'
import { type Finding, finding } from '#shell/doctor/finding.ts'
import { keepVisit, readVisits, VISITS_MOST, type Visit } from '#shell/doctor/history.ts'
import { judgeHistory } from '#shell/doctor/judge-history.ts'
import { withoutReplaced } from '#shell/doctor/replaced.ts'
import { standingOf } from '#shell/doctor/standing.ts'
import { tell } from '#shell/doctor/tell.ts'
import { createDisk } from '#shell/keys/disk.ts'

const DAY_MS = 86_400_000
const NOON = Date.UTC(2026, 5, 10, 12)
const SILENT_PAD = finding('device', 'bad', 'device.noAnswer', { role: 'pinPad', place: '/dev/a' })
const SILENT_PRINTER = finding('device', 'bad', 'device.noAnswer', { role: 'printer' })
const STUCK = finding('paper', 'bad', 'paper.sensorDoubtful', { role: 'printer' })
const ANCIENT = finding('clock', 'bad', 'clock.ancient', { now: '1970' })

/** One visit a day, the last one today; what each found. */
function days(...found: readonly (readonly Finding[])[]): readonly [Visit, readonly Visit[]] {
  const visits = found.map((findings, at) => ({
    atMs: NOON - (found.length - 1 - at) * DAY_MS,
    findings,
  }))
  return [visits.at(-1) ?? { atMs: NOON, findings: [] }, visits.slice(0, -1)]
}

test('a trouble of three days is told with its first day, in both languages', () => {
  const [now, before] = days([], [SILENT_PAD], [SILENT_PAD], [SILENT_PAD])
  const standing = standingOf(now, SILENT_PAD, before)
  expect(standing).toEqual({ sinceMs: NOON - 2 * DAY_MS, times: 3, spells: 1 })
  const told = (['en', 'zh-CN'] as const).map(
    (language) => tell(SILENT_PAD, loadTechnicianWords('config', language), standing).since,
  )
  expect(told).toEqual([
    'Since 2026-06-08 12:00 UTC; found in 3 checks in a row.',
    '自 2026-06-08 12:00 UTC 起，已连续 3 次检查发现。',
  ])
})

test('the same trouble of another device, or before a day on which all was well, is another one', () => {
  const [now, before] = days([SILENT_PAD], [], [SILENT_PRINTER], [SILENT_PAD])
  expect(standingOf(now, SILENT_PAD, before)).toEqual({ sinceMs: NOON, times: 1, spells: 2 })
})

test('days that an empty clock battery wrote down are not told as dates', () => {
  const before = [{ atMs: DAY_MS, findings: [ANCIENT] }]
  const now = { atMs: 2 * DAY_MS, findings: [ANCIENT] }
  const standing = standingOf(now, ANCIENT, before)
  expect(standing.sinceMs).toBeNull()
  expect(tell(ANCIENT, loadTechnicianWords('config', 'en'), standing).since).not.toMatch(/19[67]\d/)
})

const HINTS: readonly (readonly [string, readonly (readonly Finding[])[], readonly string[]])[] = [
  [
    'a device that was lost, came back and is lost: its cable',
    [[SILENT_PAD], [], [SILENT_PAD]],
    ['replace.cable'],
  ],
  [
    'a device that has been silent three times: the device',
    [[SILENT_PAD], [SILENT_PAD], [SILENT_PAD]],
    ['replace.device'],
  ],
  ['silent for the second time in a row: nothing yet', [[SILENT_PAD], [SILENT_PAD]], []],
  ['a sensor that stays stuck: the printer', [[STUCK], [STUCK], [STUCK]], ['replace.printer']],
  [
    'a clock that lost its time again: the battery',
    [[ANCIENT], [], [ANCIENT]],
    ['replace.battery'],
  ],
  ['what is well today needs nothing', [[SILENT_PAD], [], [SILENT_PAD], []], []],
]

test.each(HINTS)('%s', (_, found, hints) => {
  const [now, before] = days(...found)
  const judged = judgeHistory(now, before)
  expect(judged.map(({ code }) => code)).toEqual(hints)
  expect(judged.every(({ level }) => level === 'warning')).toBe(true)
})

test('a part that was replaced begins anew: no hint, and no since from the time before', () => {
  const [now, before] = days([SILENT_PAD], [SILENT_PRINTER], [SILENT_PAD, SILENT_PRINTER])
  expect(judgeHistory(now, before).map(({ code }) => code)).toEqual(['replace.cable'])
  const anHourAgo = [{ part: 'pinPad', atMs: NOON - 3_600_000 }]
  const after = withoutReplaced(before, anHourAgo)
  expect(judgeHistory(now, after)).toEqual([])
  expect(standingOf(now, SILENT_PAD, after).spells).toBe(1)
  expect(standingOf(now, SILENT_PRINTER, after).times).toBe(2)
  const beforeAll = [{ part: 'pinPad', atMs: NOON - 9 * DAY_MS }]
  expect(withoutReplaced(before, beforeAll)).toEqual(before)
})

test('the newest runs are kept and no more, readable by the terminal alone; a broken file is no history', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const disk = createDisk()
  for (let day = 0; day < VISITS_MOST + 3; day++) {
    const visit = { atMs: NOON + day, findings: [SILENT_PAD] }
    expect(keepVisit(folder, disk, { before: readVisits(folder, disk), visit })).toBe(true)
  }
  const kept = readVisits(folder, disk)
  expect(kept).toHaveLength(VISITS_MOST)
  expect(kept.at(-1)?.atMs).toBe(NOON + VISITS_MOST + 2)
  expect(kept[0]?.findings).toEqual([SILENT_PAD])
  const file = join(folder, 'doctor.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  writeFileSync(file, '{"visits":[{"atMs":')
  expect(readVisits(folder, disk)).toEqual([])
})

test('a folder that cannot be written keeps nothing and throws nothing', () => {
  const visit = { atMs: NOON, findings: [] }
  expect(keepVisit('/nowhere/at/all', createDisk(), { before: [], visit })).toBe(false)
})
