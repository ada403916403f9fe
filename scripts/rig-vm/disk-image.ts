/** Disks of the guest as files: ext4, made without mounting anything and without rights of root. */
import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './system-program.ts'

const BLOCK_BYTES = 4096
/** For inodes, bitmaps and folders of the file system itself. */
const OWN_SHARE = 1.15
const OWN_BLOCKS = 2048

/** A disk with the contents of `folder`, just large enough, for reading only. The file appears when it is whole. */
export function makeReadOnlyDisk(file: string, folder: string): void {
  const blocks = Math.ceil(blocksBelow(folder) * OWN_SHARE) + OWN_BLOCKS
  const growing = `${file}.new`
  rmSync(growing, { force: true })
  // No journal: nothing is ever written to it.
  mke2fs(['-O', '^has_journal', '-E', 'root_owner=0:0', '-d', folder, growing, String(blocks)])
  renameSync(growing, file)
}

/** An empty disk with a journal, as the data partition of a terminal has it. Replaces `file`. */
export function makeDataDisk(file: string, megabytes: number): void {
  rmSync(file, { force: true })
  const whole = 'root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0'
  mke2fs(['-J', 'size=8', '-E', whole, file, `${megabytes}M`])
}

function mke2fs(args: readonly string[]): void {
  runProgram('mke2fs', ['-q', '-F', '-t', 'ext4', '-b', String(BLOCK_BYTES), ...args])
}

function blocksBelow(folder: string): number {
  let blocks = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const { size } = lstatSync(join(entry.parentPath, entry.name))
    blocks += entry.isFile() ? Math.ceil(size / BLOCK_BYTES) : 1
  }
  return blocks
}
