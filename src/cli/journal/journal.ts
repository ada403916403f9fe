/** `suretill journal …`: what the journal says, without touching it. */
import { type Command, CommanderError } from 'commander'
import { type Verified, verifyJournal } from '#shell/journal/verify/verify.ts'
import { type ArchivesVerified, verifyArchives } from '#shell/journal/verify/verify-archives.ts'
import { type OriginVerified, verifyOrigin } from '#shell/journal/verify/verify-origin.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { findJournalKey } from '#shell/keys/journal-key.ts'
import { registerExport } from './journal-export.ts'
import { type Io, journalFile } from './journal-io.ts'
import { registerReplay } from './journal-replay.ts'

/** `verify` exits 0 when the chain is whole, 1 when it is not, 2 when there is no journal. */
export function registerJournal(program: Command, io: Io): void {
  const journal = program.command('journal').description('the journal of a terminal')
  journal
    .command('verify')
    .description(
      'walk the hash chain through archives and journal, compare the records, name the first misfit',
    )
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--json', 'one JSON line')
    .action((flags: { data: string; json?: true }) => {
      const file = journalFile(flags.data, io)
      const verified = verifyJournal(file)
      const archives = verifyArchives(file)
      const origin = originIn(flags.data, file)
      const fault = [verified, archives, origin].find((one) => !one.ok) ?? null
      if (flags.json === true) io.out(JSON.stringify(fault ?? { ...verified, archives, origin }))
      else if (fault === null) io.out(`${wholeText(verified, archives)} ${originText(origin)}`)
      else
        io.out(
          `The journal is not whole: ${fault.ok ? '' : fault.why}. Keep the file and call support.`,
        )
      if (fault !== null) throw new CommanderError(1, 'suretill.journal', '')
    })
  registerExport(journal, io)
  registerReplay(journal, io)
}

type OriginFound = OriginVerified | { readonly ok: true; readonly keyMissing: true }

/** By the key of the device whose folder it is; a copy elsewhere has none. */
function originIn(data: string, file: string): OriginFound {
  const key = findJournalKey(data, createDisk())
  return key === null ? { ok: true, keyMissing: true } : verifyOrigin(file, key)
}

function originText(origin: OriginFound): string {
  if (!origin.ok) return ''
  if ('keyMissing' in origin)
    return 'The device key is not here: whether this device wrote it was not checked.'
  if (origin.from === null) return ''
  const before = origin.unproven === 0 ? '' : ` (${origin.unproven} checkpoints before are not)`
  return `It is proven to be of this device from event ${origin.from} on${before}.`
}

function wholeText(verified: Verified, archives: ArchivesVerified): string {
  const events = verified.ok ? verified.events : 0
  const { removed, whole } = archives.ok ? archives : { removed: 0, whole: 0 }
  const kept = whole + removed === 0 ? '' : ` ${whole} archives are whole,`
  const gone = kept === '' ? '' : ` ${removed} were deleted when their time was over.`
  return `The journal is whole: ${events} events.${kept}${gone}`
}
