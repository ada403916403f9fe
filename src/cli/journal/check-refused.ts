/** Why a terminal does not start on a journal that did not fit together when it was last read through. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { keepChecked, readChecked } from '#shell/care/journal-check.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import type { Disk } from '#shell/keys/disk.ts'

/** Name of the file with the last outcome, in the data folder. */
export function checkedFile(data: string): string {
  return join(data, 'journal.checked')
}

/** Null when the last check was good, or there was none. After a bad one the whole journal is read again: it may have been mended, or brought back. */
export function checkRefused(journal: string, data: string, disk: Disk): string | null {
  const file = checkedFile(data)
  const last = readChecked(file, disk)
  if (last === null || last.ok || !existsSync(journal)) return null
  const now = verifyJournal(journal)
  if (!now.ok)
    return `The journal ${journal} does not fit together: ${now.why}. Nothing was started. Bring the last backup back with \`suretill restore\`, or call support.`
  keepChecked(file, { ...last, ok: true, seq: now.events, why: '' }, disk)
  return null
}
