/** Why a journal was not opened, and what to do: nothing of it was touched. */
import type { OpenOutcome } from '#shell/journal/journal.ts'

export function journalRefused(outcome: Extract<OpenOutcome, { ok: false }>, file: string): string {
  const untouched = 'Nothing was changed.'
  switch (outcome.why) {
    case 'fromTheFuture':
      return `The journal ${file} was written by a newer release. ${untouched} Install that release or restore its backup.`
    case 'notAJournal':
      return `${file} is not a journal of this program. ${untouched} Name another data folder.`
    case 'damaged':
      return `The journal ${file} is damaged (${outcome.detail}). ${untouched} Keep the file, call support, restore the last backup.`
    case 'settingsRefused':
      return `The disk under ${file} refuses the settings that keep a journal safe. ${untouched} Use a local disk.`
    case 'cannotOpen':
      return `The journal ${file} cannot be opened: ${outcome.detail}. ${untouched} Check the folder and its rights.`
  }
}
