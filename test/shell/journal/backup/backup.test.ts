import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type BackupOutcome, backupJournal } from '#shell/journal/backup/backup.ts'
import { type RestoreOutcome, restoreJournal } from '#shell/journal/backup/restore.ts'
import { fileDigest } from '#shell/journal/backup/sealed-file.ts'
import { replay } from '#shell/journal/lines/replay.ts'
import { journalLines } from '#shell/journal/lines/stretch.ts'
import { markOf, writeMark } from '#shell/journal/mark.ts'
import { withReader } from '#shell/journal/reader.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { SHORT_DAY } from '../../../crash/plan.ts'
import { freshTicks } from '../../../crash/scripted-world.ts'
import { opened, scratchFolder, tamper, writeDay } from '../day.ts'

const KEY = 'lantern river ninety'
const SALE = { do: 'sell', yuan: 9, outcome: 'approved' } as const
const NEXT_NOON = Date.UTC(2026, 10, 22, 4)

function take(folder: string, target = join(folder, 'kept.backup')): Promise<BackupOutcome> {
  const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length))
  return backupJournal({
    journal: join(folder, 'journal.db'),
    target,
    key: KEY,
    isThorough: true,
    random,
  })
}

function bring(
  folder: string,
  change: Partial<Parameters<typeof restoreJournal>[0]> = {},
): Promise<RestoreOutcome> {
  return restoreJournal({
    backup: join(folder, 'kept.backup'),
    key: KEY,
    journal: join(folder, 'journal.db'),
    markFile: join(folder, 'journal.mark'),
    disk: createDisk(),
    acceptsLoss: false,
    asideName: 'replaced',
    device: null,
    ...change,
  })
}

function counters(folder: string) {
  const journal = opened(join(folder, 'journal.db'))
  const state = journal.lastState()
  journal.close()
  if (state === null) throw new Error('the journal is empty')
  return state.counters
}

function replayFault(file: string): unknown {
  const run = replay(withReader(file, journalLines))
  let step = run.next()
  while (step.done !== true) step = run.next()
  return step.value.difference
}

test('a backup taken while the journal is open restores to the same events, and nothing readable lies in it', async () => {
  const folder = scratchFolder()
  const file = writeDay(folder)
  const journal = opened(file)
  const taken = await take(folder)
  journal.close()
  expect(taken).toMatchObject({ ok: true, facts: { seq: markOf(file)?.seq } })
  const sealed = readFileSync(join(folder, 'kept.backup'))
  expect(sealed.includes('898100012345678')).toBe(false)
  expect(readdirSync(folder).filter((name) => /\.part|db\.backup/.test(name))).toEqual([])
  const before = verifyJournal(file)
  rmSync(file)
  expect(await bring(folder)).toMatchObject({ ok: true, lostEvents: 0, aside: null })
  expect(verifyJournal(file)).toEqual(before)
  expect(replayFault(file)).toBeNull()
})

test('the checksum beside it is the one of the file', async () => {
  const folder = scratchFolder()
  writeDay(folder)
  await take(folder)
  const [digest, name] = readFileSync(join(folder, 'kept.backup.sha256'), 'utf8').trim().split('  ')
  expect([digest, name]).toEqual([await fileDigest(join(folder, 'kept.backup')), 'kept.backup'])
})

test('another key, a changed byte, a cut end, some other file: nothing is put in place', async () => {
  const folder = scratchFolder()
  const file = writeDay(folder)
  await take(folder)
  const kept = join(folder, 'kept.backup')
  const whole = readFileSync(kept)
  const before = readFileSync(file)
  expect(await bring(folder, { key: 'lantern river eighty' })).toMatchObject({
    why: 'wrongKeyOrDamaged',
  })
  for (const at of [20, 400, whole.length - 3]) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 1
    writeFileSync(kept, changed)
    expect(await bring(folder)).toMatchObject({ ok: false })
  }
  writeFileSync(kept, whole.subarray(0, whole.length - 100))
  expect(await bring(folder)).toMatchObject({ why: 'wrongKeyOrDamaged' })
  writeFileSync(kept, 'minutes of the shopkeepers')
  expect(await bring(folder)).toMatchObject({ why: 'notABackup' })
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a backup whose chain is broken is refused, although it opens', async () => {
  const folder = scratchFolder()
  const file = writeDay(folder)
  tamper(file, 'UPDATE event SET at = at + 1 WHERE seq = 5')
  expect(await take(folder)).toMatchObject({ ok: false, why: expect.stringMatching(/event 5/) })
  expect(existsSync(join(folder, 'kept.backup'))).toBe(false)
})

test('an older backup is refused; on a supervisor’s word it is taken, and no number comes twice', async () => {
  const folder = scratchFolder()
  const file = writeDay(folder)
  await take(folder)
  writeDay(folder, [SALE], { at: NEXT_NOON, seq: 0 })
  const newest = counters(folder)
  const refused = await bring(folder)
  expect(refused).toMatchObject({ ok: false, why: 'behind' })
  expect(counters(folder)).toEqual(newest)
  const taken = await bring(folder, { acceptsLoss: true })
  expect(taken).toMatchObject({ ok: true, aside: `${file}.replaced` })
  expect(taken.ok && taken.lostEvents).toBeGreaterThan(0)
  expect(counters(folder)).toEqual(newest)
  expect(verifyJournal(file)).toMatchObject({ ok: true })
  writeDay(folder, [SALE], { at: NEXT_NOON, seq: 0 })
  expect(replayFault(file)).toBeNull()
})

test('with the journal gone the mark tells how far the terminal had come, and numbers that may have been used are passed over', async () => {
  const folder = scratchFolder()
  const file = writeDay(folder)
  await take(folder)
  writeDay(folder, [SALE], { at: NEXT_NOON, seq: 0 })
  const mark = markOf(file)
  if (mark === null) throw new Error('no mark')
  writeMark(join(folder, 'journal.mark'), mark, createDisk())
  rmSync(file)
  expect(await bring(folder)).toMatchObject({ ok: false, why: 'behind' })
  expect(existsSync(file)).toBe(false)
  expect(await bring(folder, { acceptsLoss: true })).toMatchObject({ ok: true })
  expect(counters(folder).stan).toBeGreaterThan(mark.counters.stan + 1000)
  expect(counters(folder).batch).toBe(mark.counters.batch)
})

test('the backup of another terminal is told from an older one of this', async () => {
  const [here, there] = [scratchFolder(), scratchFolder()]
  writeDay(here)
  writeDay(there, SHORT_DAY.slice(1), { ...freshTicks(), at: NEXT_NOON })
  await take(there)
  copyFileSync(join(there, 'kept.backup'), join(here, 'kept.backup'))
  expect(await bring(here, { acceptsLoss: true })).toMatchObject({ ok: false, why: 'another' })
})

test('a place that cannot be written is told, and the journal is as it was', async () => {
  const folder = scratchFolder()
  const file = writeDay(folder)
  const before = verifyJournal(file)
  writeFileSync(join(folder, 'stick'), 'not a folder')
  expect(await take(folder, join(folder, 'stick', 'kept.backup'))).toMatchObject({ ok: false })
  expect(verifyJournal(file)).toEqual(before)
})
