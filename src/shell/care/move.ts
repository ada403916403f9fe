/**
 * Takes a journal with everything that is open in it to a replacement box: sealed journal, archives, and the device key, under which the card of
 * an owed reversal is sealed and by which refunds find their card. The old box retires before the first byte leaves, so that a power cut never
 * leaves two boxes that sell. Master keys do not travel: they are loaded anew.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { backupJournal } from '../journal/backup/backup.ts'
import { type RestoreOutcome, restoreJournal } from '../journal/backup/restore.ts'
import { type BackupFacts, sealFile, unsealFile } from '../journal/backup/sealed-file.ts'
import { verifyJournal } from '../journal/verify/verify.ts'
import type { Random } from '../keys/device-key.ts'
import type { Disk } from '../keys/disk.ts'
import { findJournalKey } from '../keys/journal-key.ts'
import { dropRetired, readRetired, writeRetired } from './retired.ts'

export type MoveParts = {
  /** The caller holds its lock. */
  readonly data: string
  /** The folder that travels; made when it is not there. */
  readonly folder: string
  /** What a person typed: at least KEY_CHARACTERS_LEAST characters. */
  readonly key: string
  readonly who: string
  readonly at: string
  readonly disk: Disk
  readonly random: Random
}

export type MoveOutcome =
  | { readonly ok: true; readonly events: number; readonly archives: number }
  | {
      readonly ok: false
      readonly why:
        | 'noJournal'
        | 'retired'
        | 'hasJournal'
        | 'hasKeys'
        | 'wrongKeyOrDamaged'
        | 'cannot'
      readonly detail: string
    }

const JOURNAL = 'journal.sealed'
const DEVICE_KEY = 'device-key.sealed'
const ARCHIVE = /^archive-\d+-\d+\.jsonl$/
const SEALED = '.sealed'
const OWNER_ONLY = 0o600

/** Safe to call again after a power cut. Never throws; a refusal before anything was written leaves the terminal in service. */
export async function moveOut(parts: MoveParts): Promise<MoveOutcome> {
  const { at, data, disk, folder, who } = parts
  try {
    const journal = join(data, 'journal.db')
    const retired = readRetired(data, disk)
    if (retired !== null && retired.state !== 'moving') return no('retired', retired.state)
    if (!existsSync(journal)) return no('noJournal', journal)
    const before = verifyJournal(journal)
    if (!before.ok) return no('cannot', before.why)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeRetired(data, disk, { state: 'moving', at, who, seq: 0 })
    const target = join(folder, JOURNAL)
    const { key, random } = parts
    const made = await backupJournal({ journal, target, key, isThorough: true, random })
    if (!made.ok) return no('cannot', made.why)
    const seal = { key, random, facts: made.facts }
    await sealFile(join(data, 'device.key'), join(folder, DEVICE_KEY), seal)
    const archives = readdirSync(data).filter((name) => ARCHIVE.test(name))
    for (const name of archives)
      await sealFile(join(data, name), join(folder, `${name}${SEALED}`), seal)
    const doubt = await firstDoubt(parts, made.facts, archives)
    if (doubt !== null) return no('cannot', doubt)
    writeRetired(data, disk, { state: 'moved', at, who, seq: made.facts.seq })
    return { ok: true, events: before.events, archives: archives.length }
  } catch (cause) {
    return no('cannot', reasonOf(cause))
  }
}

/**
 * Into a data folder without a journal. From the first byte until all of it is there this box does not start either: cut off in between it would
 * be a new terminal, which forgets what is owed and uses numbers twice. Safe to call again then. Never throws.
 */
export async function moveIn(parts: MoveParts): Promise<MoveOutcome> {
  const { at, data, disk, folder, key, who } = parts
  try {
    const retired = readRetired(data, disk)
    const goesOn = retired?.state === 'arriving'
    if (retired !== null && !goesOn) return no('retired', retired.state)
    const journal = join(data, 'journal.db')
    if (existsSync(journal) && !goesOn) return no('hasJournal', journal)
    if (!goesOn) writeRetired(data, disk, { state: 'arriving', at, who, seq: 0 })
    // Nothing of the other box is here yet.
    const turnedAway: typeof no = (why, detail) => {
      if (!goesOn) dropRetired(data)
      return no(why, detail)
    }
    const deviceKey = await unsealed(parts, DEVICE_KEY)
    if (deviceKey === null) return turnedAway('wrongKeyOrDamaged', join(folder, DEVICE_KEY))
    const present = disk.read(join(data, 'device.key'))
    const isAnother = present !== null && !Buffer.from(present).equals(deviceKey)
    if (isAnother) return turnedAway('hasKeys', join(data, 'device.key'))
    const archives = readdirSync(folder)
      .filter((name) => name.endsWith(SEALED))
      .map((name) => name.slice(0, -SEALED.length))
      .filter((name) => ARCHIVE.test(name))
    for (const name of archives)
      if (!(await unsealFile(join(folder, `${name}${SEALED}`), join(data, name), key)).ok)
        return no('wrongKeyOrDamaged', name)
    disk.write(join(data, 'device.key'), deviceKey, OWNER_ONLY)
    deviceKey.fill(0)
    const restored = await restoreJournal({
      backup: join(folder, JOURNAL),
      key,
      journal,
      markFile: join(data, 'journal.mark'),
      disk,
      acceptsLoss: false,
      asideName: `before-move-${at.replaceAll(/[:.]/g, '-')}`,
      device: findJournalKey(data, disk),
    })
    if (!restored.ok) return refused(restored)
    writeRetired(data, disk, { state: 'arrived', at, who, seq: restored.events })
    return { ok: true, events: restored.events, archives: archives.length }
  } catch (cause) {
    return no('cannot', reasonOf(cause))
  }
}

/** What travels is opened once more while the original is still there. Null: all of it is as it was. */
async function firstDoubt(
  parts: MoveParts,
  { seq }: BackupFacts,
  archives: readonly string[],
): Promise<string | null> {
  const { data, folder, key } = parts
  const copy = join(data, 'move-check.db')
  try {
    if (!(await unsealFile(join(folder, JOURNAL), copy, key)).ok)
      return 'the journal does not open again'
    const verified = verifyJournal(copy)
    if (!verified.ok) return `the journal that travels is not whole: ${verified.why}`
    if (seq < 1) return 'the journal that travels is empty'
    const deviceKey = await unsealed(parts, DEVICE_KEY)
    const own = readFileSync(join(data, 'device.key'))
    if (deviceKey === null || !own.equals(deviceKey)) return 'the device key does not open again'
    deviceKey.fill(0)
    for (const name of archives) {
      const archive = await unsealed(parts, `${name}${SEALED}`)
      if (archive === null || !readFileSync(join(data, name)).equals(archive))
        return `${name} does not open again`
    }
    return null
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true })
  }
}

/** The bytes of one file that travels; null when it does not open under the key. */
async function unsealed({ data, folder, key }: MoveParts, name: string): Promise<Buffer | null> {
  const target = join(data, 'move-check.part')
  try {
    const opened = await unsealFile(join(folder, name), target, key)
    return opened.ok ? readFileSync(target) : null
  } finally {
    rmSync(target, { force: true })
  }
}

function refused(restored: Extract<RestoreOutcome, { ok: false }>): MoveOutcome {
  const { detail, why } = restored
  return why === 'wrongKeyOrDamaged' || why === 'notABackup'
    ? no('wrongKeyOrDamaged', detail)
    : no('cannot', `${why} ${detail}`)
}

function no(why: Extract<MoveOutcome, { ok: false }>['why'], detail: string): MoveOutcome {
  return { ok: false, why, detail }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown'
}
