/**
 * Takes everything off the data folder of a terminal for good: keys first, so that from then on whatever is left is sealed under nothing, then the
 * rest. Each file is overwritten where it lies, read back, and removed. What it cannot reach are old cells of a flash disk and blocks that files
 * left behind when they were replaced: `fillFreeSpace` overwrites the latter, and the former wants a disk that was encrypted.
 */
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../journal/durable.ts'
import type { Random } from '../keys/device-key.ts'
import { wipeKeys } from '../keys/wipe.ts'

export type Erased = {
  readonly keys: readonly string[]
  readonly files: number
  readonly bytes: number
  /** What is still there, or did not read back as zeros; empty: it is proved. */
  readonly left: readonly string[]
}

const CHUNK_BYTES = 65_536

/** `keep`: names in the folder that stay (the lock that the caller holds, and the mark that it was done). Throws when the disk refuses. */
export function eraseTerminal(
  data: string,
  { keep, random }: { readonly keep: readonly string[]; readonly random: Random },
): Erased {
  const keys = wipeKeys(data, { random, device: true })
  const left = [...keys.left]
  const names = filesBelow(data).filter((name) => !keep.includes(name))
  let bytes = 0
  for (const name of names) {
    const file = join(data, name)
    bytes += statSync(file).size
    if (!overwrite(file)) left.push(name)
    unlinkSync(file)
  }
  for (const name of foldersBelow(data)) rmdirSync(join(data, name))
  syncFolder(data)
  return {
    keys: keys.files,
    files: names.length,
    bytes,
    left: [...left, ...filesBelow(data).filter((name) => !keep.includes(name))],
  }
}

/** Fills what is free on the disk of `data` with zeros and gives it back: blocks of files that were replaced before are then gone too. Bytes written. */
export function fillFreeSpace(data: string): number {
  const file = join(data, 'zeros')
  const handle = openSync(file, 'w', 0o600)
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let written = 0
  try {
    for (;;) written += writeSync(handle, chunk)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
  } finally {
    fsyncSync(handle)
    closeSync(handle)
    rmSync(file)
    syncFolder(data)
  }
  return written
}

/** Zeros over every byte, synced, and read back. */
function overwrite(file: string): boolean {
  const handle = openSync(file, 'r+')
  try {
    const { size } = statSync(file)
    const zeros = Buffer.alloc(CHUNK_BYTES)
    for (let at = 0; at < size; )
      at += writeSync(handle, zeros, 0, Math.min(CHUNK_BYTES, size - at), at)
    fsyncSync(handle)
    const read = Buffer.alloc(CHUNK_BYTES)
    for (let at = 0; at < size; ) {
      const count = readSync(handle, read, 0, CHUNK_BYTES, at)
      if (count === 0 || read.subarray(0, count).some((byte) => byte !== 0)) return false
      at += count
    }
    return true
  } finally {
    closeSync(handle)
  }
}

function filesBelow(data: string): readonly string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(data, name)).isFile(),
  )
}

/** Deepest first. */
function foldersBelow(data: string): readonly string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(data, name)).isDirectory())
    .toSorted((one, other) => other.length - one.length)
}
