/** By what a journal shows that this box wrote it: codes under a key that is derived from the device key. */
import { join } from 'node:path'
import { DeviceKey } from './device-key.ts'
import type { Disk } from './disk.ts'
import { fingerprint } from './seal.ts'

export type JournalKey = {
  /** 32 bytes, HMAC-SHA-256. Quick enough for every commit: some ten microseconds. */
  readonly mac: (bytes: Uint8Array) => Uint8Array
  /** Eight bytes that tell this key from another one, and nothing of it. */
  readonly id: Uint8Array
}

export function journalKey(key: DeviceKey): JournalKey {
  const under = (purpose: string, bytes: Uint8Array): Uint8Array =>
    Buffer.from(fingerprint(key, purpose, bytes), 'hex')
  return {
    mac: (bytes) => under('journal', bytes),
    id: under('journal key', new Uint8Array(0)).subarray(0, 8),
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
