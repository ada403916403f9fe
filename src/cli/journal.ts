/** `suretill journal …`: what the journal says, without touching it. */
import { type Command, CommanderError } from 'commander'
import { verifyJournal } from '#shell/journal/verify.ts'
import { registerExport } from './journal-export.ts'
import { type Io, journalFile } from './journal-io.ts'
import { registerReplay } from './journal-replay.ts'

/** `verify` exits 0 when the chain is whole, 1 when it is not, 2 when there is no journal. */
export function registerJournal(program: Command, io: Io): void {
  const journal = program.command('journal').description('the journal of a terminal')
  journal
    .command('verify')
    .description('walk the hash chain and name the first row that is not as it was written')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--json', 'one JSON line')
    .action((flags: { data: string; json?: true }) => {
      const verified = verifyJournal(journalFile(flags.data, io))
      if (flags.json === true) io.out(JSON.stringify(verified))
      else if (verified.ok) io.out(`The journal is whole: ${verified.events} events.`)
      else io.out(`The journal is not whole: ${verified.why}. Keep the file and call support.`)
      if (!verified.ok) throw new CommanderError(1, 'suretill.journal', '')
    })
  registerExport(journal, io)
  registerReplay(journal, io)
}
