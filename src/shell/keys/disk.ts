/** Small files that must be whole after a power cut: either the old bytes or the new ones, never a mixture. */
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

export interface Disk {
  /** The bytes, or null when there is no such file. Throws for any other trouble. */
  read(file: string): Uint8Array | null
  /** Replaces the file; on disk when it returns. Throws when it could not, and then the old file may or may not stand. */
  write(file: string, bytes: Uint8Array, mode: number): void
}

export function createDisk(): Disk {
  return {
    read(file) {
      try {
        return Uint8Array.from(readFileSync(file))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    write(file, bytes, mode) {
      const fresh = `${file}.new`
      writeThrough(fresh, bytes, mode)
      renameSync(fresh, file)
      syncFolder(dirname(file))
    },
  }
}

function writeThrough(file: string, bytes: Uint8Array, mode: number): void {
  const handle = openSync(file, 'w', mode)
  try {
    // The mode given to open is cut by the umask and ignored when a left-over file is reused.
    fchmodSync(handle, mode)
    let at = 0
    while (at < bytes.length) at += writeSync(handle, bytes, at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The new name itself is only durable once its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
