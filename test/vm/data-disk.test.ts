/** Disks made and looked at as files, with the programs of e2fsprogs. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { lookAtDisk } from '../../scripts/rig-vm/data-disk.ts'
import { makeDataDisk, makeReadOnlyDisk } from '../../scripts/rig-vm/disk-image.ts'
import { runProgram } from '../../scripts/rig-vm/system-program.ts'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'vm-disk-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true })
})

const debugfs = (file: string, command: string, ...more: readonly string[]): string =>
  runProgram('debugfs', [...more, '-R', command, file])

const KEPT = fileURLToPath(
  new URL('../fixtures/journals/0.1.0-tables-2/journal.db', import.meta.url),
)

/** A data disk on which a terminal has left this journal. */
function diskWith(journal: string): string {
  const file = join(folder(), 'data.img')
  makeDataDisk(file, 32)
  debugfs(file, 'mkdir /data', '-w')
  debugfs(file, `write ${journal} /data/journal.db`, '-w')
  return file
}

describe('disks of a guest', () => {
  test('a disk for reading holds the folder that it was made of', () => {
    const at = folder()
    mkdirSync(join(at, 'in', 'deep'), { recursive: true })
    writeFileSync(join(at, 'in', 'deep', 'word'), '稳收')
    makeReadOnlyDisk(join(at, 'disk.img'), join(at, 'in'))
    expect(debugfs(join(at, 'disk.img'), 'cat /deep/word')).toBe('稳收')
  })

  test('a data disk has a journal of its own, as the partition of a terminal', () => {
    const at = folder()
    makeDataDisk(join(at, 'data.img'), 32)
    expect(debugfs(join(at, 'data.img'), 'features')).toContain('has_journal')
  })

  test('a disk on which no terminal ever started says that there is no journal', () => {
    const at = folder()
    makeDataDisk(join(at, 'data.img'), 32)
    expect(lookAtDisk(join(at, 'data.img'))).toEqual({
      journal: { records: [], owes: false, broken: null },
      chain: 'there is no journal',
    })
  })

  test('a journal is read off the disk, and its chain is whole', () => {
    const sight = lookAtDisk(diskWith(KEPT))
    expect(sight.chain).toBeNull()
    expect(sight.journal.records.length).toBeGreaterThan(0)
    expect(sight.journal.broken).toBeNull()
  })

  test('an event that was changed in the journal is found on the disk', () => {
    const forged = join(folder(), 'journal.db')
    copyFileSync(KEPT, forged)
    const db = new DatabaseSync(forged)
    db.exec("UPDATE event SET body = body || ' ' WHERE seq = 2")
    db.close()
    expect(lookAtDisk(diskWith(forged)).chain).not.toBeNull()
  })

  test('a disk that is none is an error and not an empty journal', () => {
    const at = folder()
    writeFileSync(join(at, 'data.img'), Buffer.alloc(65_536))
    expect(() => lookAtDisk(join(at, 'data.img'))).toThrow('e2fsck')
  })
})
