/** `suretill journal …`: what the journal says, without touching it. */
import { type Command, CommanderError } from 'commander'
import { type Verified, verifyJournal } from '#shell/journal/verify/verify.ts'
import { type ArchivesVerified, verifyArchives } from '#shell/journal/verify/verify-archives.ts'
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
      const fault = verified.ok ? (archives.ok ? null : archives) : verified
      if (flags.json === true) io.out(JSON.stringify(fault ?? { ...verified, archives }))
      else if (fault === null) io.out(wholeText(verified, archives))
      else io.out(`The journal is not whole: ${fault.why}. Keep the file and call support.`)
      if (fault !== null) throw new CommanderError(1, 'suretill.journal', '')
    })
  registerExport(journal, io)
  registerReplay(journal, io)
}

function wholeText(verified: Verified, archives: ArchivesVerified): string {
  const events = verified.ok ? verified.events : 0
  const { removed, whole } = archives.ok ? archives : { removed: 0, whole: 0 }
  const kept = whole + removed === 0 ? '' : ` ${whole} archives are whole,`
  const gone = kept === '' ? '' : ` ${removed} were deleted when their time was over.`
  return `The journal is whole: ${events} events.${kept}${gone}`
}
