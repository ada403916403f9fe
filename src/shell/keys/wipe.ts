/** Takes keys off the disk for good: overwritten where they lie, then removed. What was copied before is useless without the device key. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from './device-key.ts'

/** Every file that may hold a key, in the order in which they go; the device key, under which the others are sealed, is for decommissioning. */
const KEY_FILES = ['keys.json', 'dukpt.json', 'transport.json'] as const
const DEVICE_KEY_FILE = 'device.key'

export type Wiped = { readonly files: readonly string[]; readonly left: readonly string[] }

/**
 * Overwrites each key file with random bytes, syncs, removes it and looks whether it is gone. Flash may keep an old block: with `device` the
 * device key goes too, and then nothing that was ever sealed opens again. Throws when the disk refuses.
 */
export function wipeKeys(
  data: string,
  options: { readonly random: Random; readonly device: boolean },
): Wiped {
  const names = [...KEY_FILES, ...(options.device ? [DEVICE_KEY_FILE] : [])]
  const files = names
    .flatMap((name) => [name, `${name}.new`])
    .filter((name) => existsSync(join(data, name)))
  for (const name of files) {
    overwrite(join(data, name), options.random)
    rmSync(join(data, name))
  }
  syncFolder(data)
  return { files, left: files.filter((name) => existsSync(join(data, name))) }
}

function overwrite(file: string, random: Random): void {
  const handle = openSync(file, 'r+')
  try {
    writeSync(handle, random(Math.max(1, statSync(file).size)), 0, null, 0)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
