/** The device key of the scripted shop: every commit of it bears a proof, as on a terminal. */
import { DeviceKey } from '#shell/keys/device-key.ts'
import { type JournalKey, journalKey } from '#shell/keys/journal-key.ts'

export function shopKey(): JournalKey {
  return journalKey(new DeviceKey(new Uint8Array(32).fill(7)))
}
