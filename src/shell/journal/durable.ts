/** Files that are there after a power cut once the call has returned. */
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A new or a deleted name is only durable once its folder is. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Gives a synced file its name, in the place of whatever bore it. Both in one file system. */
export function putInPlace(fresh: string, file: string): void {
  renameSync(fresh, file)
  syncFolder(dirname(file))
}
