/** Why a terminal does not start on a journal that it has been further than, and what to do. */
import { existsSync } from 'node:fs'
import { unfinishedRestore } from '#shell/journal/backup/restore.ts'
import { fitsMark, readMark } from '#shell/journal/mark.ts'
import type { Disk } from '#shell/keys/disk.ts'

/** Null when the journal has come as far as its mark, or there is no mark and no restore that was cut off. What cannot be read is for the opening to tell. */
export function markRefused(journal: string, markFile: string, disk: Disk): string | null {
  try {
    // A restore that was cut off onto an empty disk: without it this would be a new terminal.
    if (!existsSync(journal) && existsSync(unfinishedRestore(journal)))
      return `A restore of ${journal} was not finished. Nothing was started. Run \`suretill restore\` again.`
    const mark = readMark(markFile, disk)
    if (mark === null) return null
    const way =
      'Nothing was started. Bring the last backup back with `suretill restore`, or call support.'
    if (!existsSync(journal))
      return `The journal ${journal} is gone, and this terminal had written ${mark.seq} events. ${way}`
    const fit = fitsMark(journal, mark)
    if (fit === 'fits') return null
    const what =
      fit === 'behind' ? 'is older than what this terminal has done' : 'is of another terminal'
    return `The journal ${journal} ${what}: selling on it would use numbers twice and forget money. ${way}`
  } catch {
    // A disk or a file that cannot be read: opening the journal says it in its own words.
    return null
  }
}
