/** Looks at the data partition of a guest that is off, as its next start will find it: on a copy, with the file system's journal replayed. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brokenChain, type KeptJournal, readJournal } from '../../test/rig/scenario/kept-journal.ts'
import { runProgram } from './system-program.ts'

export type DiskSight = {
  readonly journal: KeptJournal
  /** Why the hash chain is not whole; null when it is. */
  readonly chain: string | null
}

/** Needs `e2fsck` and `debugfs`. The disk itself is not touched. Throws when there is no file system in it. */
export function lookAtDisk(file: string): DiskSight {
  const folder = mkdtempSync(join(tmpdir(), 'rig-vm-disk-'))
  try {
    const copy = join(folder, 'copy.img')
    copyFileSync(file, copy)
    runProgram('e2fsck', ['-y', '-E', 'journal_only', copy])
    mkdirSync(join(folder, 'out'))
    runProgram('debugfs', ['-R', `rdump /data ${join(folder, 'out')}`, copy])
    const data = join(folder, 'out', 'data')
    return { journal: readJournal(data), chain: brokenChain(data) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
