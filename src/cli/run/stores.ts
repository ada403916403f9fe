/** What lies in the data folder, opened in the order in which it can be refused: nothing has left the terminal yet. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readRetired, retiredSentence } from '#shell/care/retired.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { openDeviceKey } from '#shell/keys/device-key.ts'
import { createDisk, type Disk } from '#shell/keys/disk.ts'
import { journalKey } from '#shell/keys/journal-key.ts'
import { openKeys } from '#shell/keys/open-keys.ts'
import type { TerminalParts } from '#shell/terminal.ts'
import { checkRefused } from '../journal/check-refused.ts'
import { journalRefused } from '../journal/journal-refused.ts'
import { markRefused } from '../journal/mark-refused.ts'
import { changedByHand } from '../params/seal.ts'
import type { Ready } from './ready.ts'

export type Stores = Pick<TerminalParts, 'deviceKey' | 'journal' | 'keys' | 'random'> & {
  readonly disk: Disk
  readonly journalFile: string
  readonly markFile: string
  readonly downloads: string
}

/** In one sentence what is wrong, or all of it. */
export function openStores({
  config,
  data,
  err,
  file,
  note,
}: Ready):
  | { readonly ok: true; readonly stores: Stores }
  | { readonly ok: false; readonly sentence: string } {
  const refused = (sentence: string) => ({ ok: false, sentence }) as const
  const disk = createDisk()
  const retired = retiredSentence(readRetired(data, disk))
  if (retired !== null) return refused(retired)
  const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length))
  const deviceKey = openDeviceKey({ file: join(data, 'device.key'), disk, random })
  if (!deviceKey.ok) return refused(deviceKey.why)
  const store = openKeys(file.acquirer, {
    file: join(data, file.acquirer.dukpt === undefined ? 'keys.json' : 'dukpt.json'),
    disk,
    profile: file.profile,
    deviceKey: deviceKey.key,
    random,
    warn: (sentence) => {
      note('keys', { sentence })
      err(sentence)
    },
  })
  if (!store.ok) return refused(store.why)
  const changed = changedByHand(file, config, { data, disk, deviceKey: deviceKey.key })
  if (changed !== null) return refused(changed)
  const journalFile = join(data, 'journal.db')
  const markFile = join(data, 'journal.mark')
  const behind = markRefused(journalFile, markFile, disk)
  if (behind !== null) return refused(behind)
  const broken = checkRefused(journalFile, data, disk)
  if (broken !== null) return refused(broken)
  const opened = openJournal(journalFile, journalKey(deviceKey.key))
  if (!opened.ok) return refused(journalRefused(opened, journalFile))
  const downloads = join(data, 'downloads')
  mkdirSync(downloads, { recursive: true, mode: 0o700 })
  return {
    ok: true,
    stores: {
      disk,
      deviceKey: deviceKey.key,
      random,
      keys: store.keys,
      journal: opened.journal,
      journalFile,
      markFile,
      downloads,
    },
  }
}
