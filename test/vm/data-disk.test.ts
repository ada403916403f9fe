/** Disks made and looked at as files, with the programs of e2fsprogs. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { lookAtDisk } from '../../scripts/rig-vm/data-disk.ts'
import { makeDataDisk, makeReadOnlyDisk } from '../../scripts/rig-vm/disk-image.ts'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'vm-disk-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true })
})

const debugfs = (file: string, command: string): string =>
  execFileSync('debugfs', ['-R', command, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  })

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

  test('a disk that is none is an error and not an empty journal', () => {
    const at = folder()
    writeFileSync(join(at, 'data.img'), Buffer.alloc(65_536))
    expect(() => lookAtDisk(join(at, 'data.img'))).toThrow('e2fsck')
  })
})
