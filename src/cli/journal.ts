/** `suretill journal …`: what the journal says, without touching it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { verifyJournal } from '#shell/journal/verify.ts'

type Io = { readonly out: (line: string) => void; readonly err: (line: string) => void }

/** `verify` exits 0 when the chain is whole, 1 when it is not, 2 when there is no journal. */
export function registerJournal(program: Command, io: Io): void {
  program
    .command('journal')
    .description('the journal of a terminal')
    .command('verify')
    .description('walk the hash chain and name the first row that is not as it was written')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--json', 'one JSON line')
    .action((flags: { data: string; json?: true }) => {
      const file = join(flags.data, 'journal.db')
      if (!existsSync(file)) {
        io.err(`There is no journal in ${flags.data}.`)
        throw new CommanderError(2, 'suretill.journal', '')
      }
      const verified = verifyJournal(file)
      if (flags.json === true) io.out(JSON.stringify(verified))
      else if (verified.ok) io.out(`The journal is whole: ${verified.events} events.`)
      else io.out(`The journal is not whole: ${verified.why}. Keep the file and call support.`)
      if (!verified.ok) throw new CommanderError(1, 'suretill.journal', '')
    })
}
