/** By what a journal shows that this box wrote it: codes under a key that is derived from the device key. */
import { join } from 'node:path'
import { DeviceKey } from './device-key.ts'
import type { Disk } from './disk.ts'
import { macUnder } from './seal.ts'

export type JournalKey = {
  /** 32 bytes, HMAC-SHA-256; some microseconds. */
  readonly mac: (bytes: Uint8Array) => Uint8Array
  /** Eight bytes that tell this key from another one, and nothing of it. */
  readonly id: Uint8Array
}

/** Enough to tell the keys of one box's life apart. */
const ID_BYTES = 8

export function journalKey(key: DeviceKey): JournalKey {
  return {
    mac: macUnder(key, 'journal'),
    id: macUnder(key, 'journal key')(new Uint8Array(0)).subarray(0, ID_BYTES),
  }
}

const KEY_BYTES = 32

/** The key of the terminal in this data folder; null when there is none, or none that can be read. Makes none. */
export function findJournalKey(data: string, disk: Disk): JournalKey | null {
  try {
    const bytes = disk.read(join(data, 'device.key'))
    return bytes?.length === KEY_BYTES ? journalKey(new DeviceKey(bytes)) : null
  } catch {
    // Somebody else's file: who may not read it cannot check anything with it.
    return null
  }
}
