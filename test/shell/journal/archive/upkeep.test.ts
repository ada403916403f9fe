import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TerminalState } from '#core/terminal/state.ts'
import { createUpkeep, type UpkeepParts } from '#shell/journal/archive/upkeep.ts'
import { restoreJournal } from '#shell/journal/backup/restore.ts'
import { fitsMark, readMark } from '#shell/journal/mark.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { verifyArchives } from '#shell/journal/verify/verify-archives.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { markRefused } from '../../../../src/cli/journal/mark-refused.ts'
import { SHORT_DAY } from '../../../crash/plan.ts'
import { opened, scratchFolder, writeDay } from '../day.ts'

const DAY_MS = 86_400_000
/** The day after the scripted one, 12:00 in China. */
const NEXT_NOON = Date.UTC(2026, 10, 22, 4)
const disk = createDisk()

/** A terminal with one closed batch, and a clock that is moved by hand. */
function shop(settings: Partial<UpkeepParts['settings']> = {}) {
  const folder = scratchFolder()
  const file = writeDay(folder, [...SHORT_DAY, { do: 'settle' }])
  const journal = opened(file)
  const kept = journal.lastState()
  journal.close()
  if (kept === null) throw new Error('the day left nothing')
  let state: TerminalState = { ...kept, slips: [] }
  let [wallMs, monotonicMs] = [NEXT_NOON, 0]
  let due: (() => void) | null = null
  const told: string[][] = []
  const notes: string[] = []
  const upkeep = createUpkeep({
    journal: file,
    markFile: join(folder, 'journal.mark'),
    settings: { archiveAfterDays: 92, keepDays: 400, ...settings },
    state: () => state,
    disk,
    clock: {
      wallMs: () => wallMs,
      monotonicMs: () => monotonicMs,
      after: (_ms, task) => {
        due = task
        return () => (due = null)
      },
    },
    random: (length) => new Uint8Array(length).fill(7),
    note: (what) => notes.push(what),
    onFaults: (faults) => told.push([...faults]),
  })
  upkeep.start()
  return {
    folder,
    file,
    told,
    notes,
    upkeep,
    markFile: join(folder, 'journal.mark'),
    serve: (change: Partial<TerminalState>) => (state = { ...state, ...change }),
    /** The next look, so many milliseconds later. */
    jump: (aheadMs: number) => void (wallMs += aheadMs),
    look: (laterMs = 60_000) => {
      wallMs += laterMs
      monotonicMs += laterMs
      due?.()
    },
    archives: () => readdirSync(folder).filter((name) => name.startsWith('archive-')),
  }
}

test('a closed batch goes to its archive when its days are over, and goes for good when those of the archive are', async () => {
  const { archives, file, look, upkeep } = shop({ archiveAfterDays: 7, keepDays: 31 })
  look()
  expect(archives()).toEqual([])
  look(8 * DAY_MS)
  expect(archives()).toHaveLength(1)
  expect(verifyArchives(file)).toMatchObject({ ok: true, whole: 1 })
  look(31 * DAY_MS)
  expect(archives()).toEqual([])
  expect(verifyJournal(file)).toMatchObject({ ok: true })
  await upkeep.stop()
})

test('a clock that jumps years ahead archives and deletes nothing for a day', async () => {
  const { archives, jump, look, upkeep } = shop({ archiveAfterDays: 7, keepDays: 3000 })
  look()
  jump(1000 * DAY_MS)
  look()
  look(DAY_MS / 2)
  expect(archives()).toEqual([])
  look(DAY_MS / 2)
  expect(archives()).toHaveLength(1)
  await upkeep.stop()
})

test('while somebody is served nothing is done to the journal', async () => {
  const { archives, look, markFile, serve, upkeep } = shop({ archiveAfterDays: 7 })
  serve({ step: { kind: 'amount', typed: '12' } })
  look(8 * DAY_MS)
  expect([archives(), existsSync(markFile)]).toEqual([[], false])
  serve({ step: { kind: 'amount', typed: '' } })
  look()
  expect(archives()).toHaveLength(1)
  await upkeep.stop()
})

test('the mark follows the journal, and a journal of before it does not start a terminal', async () => {
  const { file, folder, look, markFile, upkeep } = shop()
  look()
  const mark = readMark(markFile, disk)
  if (mark === null) throw new Error('no mark was kept')
  expect(fitsMark(file, mark)).toBe('fits')
  expect(markRefused(file, markFile, disk)).toBeNull()
  const older = scratchFolder()
  expect(markRefused(writeDay(older, SHORT_DAY.slice(0, 2)), markFile, disk)).toMatch(
    /is older than what this terminal has done: .*suretill restore/,
  )
  const other = writeDay(scratchFolder(), [...SHORT_DAY, { do: 'settle' }, ...SHORT_DAY])
  expect(markRefused(other, markFile, disk)).toBeNull()
  rmSync(file)
  expect(markRefused(file, markFile, disk)).toMatch(
    /is gone, and this terminal had written \d+ events/,
  )
  expect(markRefused(join(folder, 'none'), join(folder, 'no-mark'), disk)).toBeNull()
  await upkeep.stop()
})

/** Backups under a key in a file, after each batch. */
function withBackups() {
  const medium = scratchFolder()
  const keyFile = join(medium, 'key')
  writeFileSync(keyFile, 'lantern river ninety\n')
  const folder = join(medium, 'kept')
  const backup = { folder, keyFile, afterBatch: true, at: ['03:30'], keep: 2 }
  return { backup, medium, kept: () => (existsSync(folder) ? readdirSync(folder) : []) }
}
const backups = (names: readonly string[]): number =>
  names.filter((name) => name.endsWith('.backup')).length

test('a backup is made when the batch has moved and when a set time has passed, once each, and the oldest make room', async () => {
  const { backup, kept } = withBackups()
  const { look, serve, upkeep } = shop({ backup })
  const counters = { stan: 9, batch: 2, order: 9, job: 9, read: 9 }
  const lookAndWait = async (laterMs?: number): Promise<number> => {
    look(laterMs)
    await upkeep.stop()
    upkeep.start()
    return backups(kept())
  }
  expect(await lookAndWait()).toBe(1)
  expect(await lookAndWait()).toBe(1)
  serve({ counters: { ...counters, batch: 3 } })
  expect(await lookAndWait()).toBe(2)
  const [oldest] = kept()
  // 12:02 to 04:00 of the next day.
  expect(await lookAndWait(16 * 3_600_000)).toBe(2)
  expect(kept()).not.toContain(oldest)
  expect(await lookAndWait()).toBe(2)
})

test('a backup of the running terminal restores', async () => {
  const { backup, kept } = withBackups()
  const { file, folder, look, markFile, upkeep } = shop({ backup })
  look()
  await upkeep.stop()
  const before = verifyJournal(file)
  rmSync(file)
  const name = kept().find((one) => one.endsWith('.backup')) ?? ''
  const restored = await restoreJournal({
    backup: join(backup.folder, name),
    key: 'lantern river ninety',
    journal: file,
    markFile,
    disk,
    acceptsLoss: false,
    asideName: 'replaced',
    device: null,
  })
  expect(restored).toMatchObject({ ok: true, lostEvents: 0 })
  expect(verifyJournal(join(folder, 'journal.db'))).toEqual(before)
})

test('a medium that is out is shown as a fault, tried again later, and cleared when it is back', async () => {
  const { backup, kept, medium } = withBackups()
  writeFileSync(join(medium, 'kept'), 'no folder here')
  const { file, look, told, upkeep } = shop({ backup })
  const before = verifyJournal(file)
  look()
  await upkeep.stop()
  expect(told).toEqual([['backupFailed']])
  expect(verifyJournal(file)).toEqual(before)
  rmSync(join(medium, 'kept'))
  mkdirSync(join(medium, 'kept'))
  upkeep.start()
  look()
  await upkeep.stop()
  expect(kept()).toEqual([])
  upkeep.start()
  look(600_000)
  await upkeep.stop()
  expect([told, backups(kept())]).toEqual([[['backupFailed'], []], 1])
})
