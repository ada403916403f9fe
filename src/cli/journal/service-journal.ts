/** Opens a terminal that is off for a technician's command: the folder locked, the journal checked as at a start, the device key at hand. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Clock } from '#core/ports/clock.ts'
import { openServiceBook, type ServiceBook } from '#shell/commission/service-book.ts'
import type { ServiceWords } from '#shell/commission/service-words.ts'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { type DeviceKey, openDeviceKey, type Random } from '#shell/keys/device-key.ts'
import { createDisk, type Disk } from '#shell/keys/disk.ts'
import { journalKey } from '#shell/keys/journal-key.ts'
import { journalRefused } from './journal-refused.ts'
import { markRefused } from './mark-refused.ts'

export type OffTerminal = {
  readonly data: string
  readonly book: ServiceBook
  readonly disk: Disk
  readonly deviceKey: DeviceKey
  readonly random: Random
}

export type WithTerminal<Result> =
  | { readonly ok: true; readonly result: Result }
  /** One sentence: it runs, or its journal or key cannot be used. */
  | { readonly ok: false; readonly sentence: string }

/** Lends the terminal in this data folder, which is made when it is not there. Nobody else has it meanwhile. */
export async function withOffTerminal<Result>(
  parts: { readonly data: string; readonly clock: Clock; readonly words: ServiceWords },
  work: (terminal: OffTerminal) => Result | Promise<Result>,
): Promise<WithTerminal<Result>> {
  const data = resolve(parts.data)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(join(data, 'terminal.lock'))
  if (unlock === null) return { ok: false, sentence: parts.words('terminal.runs', { data }) }
  try {
    const disk = createDisk()
    const random: Random = (length) => Uint8Array.from(randomBytes(length))
    const deviceKey = openDeviceKey({ file: join(data, 'device.key'), disk, random })
    if (!deviceKey.ok) return { ok: false, sentence: deviceKey.why }
    const file = join(data, 'journal.db')
    const behind = markRefused(file, join(data, 'journal.mark'), disk)
    if (behind !== null) return { ok: false, sentence: behind }
    const opened = openJournal(file, journalKey(deviceKey.key))
    if (!opened.ok) return { ok: false, sentence: journalRefused(opened, file) }
    try {
      const book = openServiceBook(opened.journal, parts.clock)
      const result = await work({ data, book, disk, deviceKey: deviceKey.key, random })
      return { ok: true, result }
    } finally {
      opened.journal.close()
    }
  } finally {
    unlock()
  }
}
