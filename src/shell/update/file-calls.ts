/** The calls with which a slot is written, one by one, so that a test can cut the power after each of them. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs'

export interface FileCalls {
  /** The bytes, or null when there is no such file. */
  read(path: string): Uint8Array | null
  /** Where a link points to; null when there is none. */
  readLink(path: string): string | null
  /** Names in a folder; null when it is no folder. Links are not followed. */
  list(path: string): readonly string[] | null
  /** With its mode, whatever the umask is. Nothing happens to one that is there. */
  makeFolder(path: string, mode: number): void
  /** A new file in the place of an older one; not durable before `syncAll`. */
  create(path: string, mode: number): FileWriter
  rename(from: string, to: string): void
  link(target: string, path: string): void
  /** A file or a link. */
  remove(path: string): void
  removeFolder(path: string): void
  /** Names made or changed in this folder are durable, and so are the bytes of its files that `create` wrote. */
  syncAll(folder: string): void
}

type FileWriter = { write(bytes: Uint8Array): void; close(): void }

/** On the real disk. Every call throws what the disk says. */
export function createFileCalls(): FileCalls {
  return {
    read: (path) => orNull(() => Uint8Array.from(readFileSync(path))),
    readLink: (path) => orNull(() => readlinkSync(path)),
    list: (path) =>
      orNull(() => lstatSync(path))?.isDirectory() === true ? readdirSync(path) : null,
    makeFolder: (path, mode) => {
      if (orNull(() => lstatSync(path))?.isDirectory() === true) return
      mkdirSync(path)
      chmodSync(path, mode)
    },
    create: (path, mode) => {
      const handle = openSync(path, 'w', mode)
      return {
        write: (bytes) => {
          let at = 0
          while (at < bytes.length) at += writeSync(handle, bytes, at)
        },
        close: () => {
          closeSync(handle)
          chmodSync(path, mode)
        },
      }
    },
    rename: renameSync,
    link: symlinkSync,
    remove: unlinkSync,
    removeFolder: rmdirSync,
    syncAll: syncFileSystem,
  }
}

/** syncfs(2) for thousands of files at once; Node has no call for it, and coreutils are on every terminal. Where they are not: one by one. */
function syncFileSystem(folder: string): void {
  const { status } = spawnSync('sync', ['-f', folder], { stdio: 'ignore' })
  if (status === 0) return
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile() || entry.isDirectory()) syncOne(`${entry.parentPath}/${entry.name}`)
  syncOne(folder)
}

function syncOne(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function orNull<Result>(call: () => Result): Result | null {
  try {
    return call()
  } catch (error) {
    // EINVAL: a name that is there and is no link.
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EINVAL') return null
    throw error
  }
}
