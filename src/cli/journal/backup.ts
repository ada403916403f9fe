/** `suretill backup`: a sealed copy of the journal, also while the terminal sells. */
import { randomBytes } from 'node:crypto'
import { type Command, CommanderError } from 'commander'
import { backupJournal } from '#shell/journal/backup/backup.ts'
import { readKey } from './backup-key.ts'
import { type Io, journalFile } from './journal-io.ts'

type Flags = {
  readonly data: string
  readonly to: string
  readonly keyFile: string
  readonly json?: true
}

/** Exits 0 when the copy is whole and in its place, 1 when it could not be made, 2 when there is nothing to copy or no key. */
export function registerBackup(program: Command, io: Io): void {
  program
    .command('backup')
    .description('a sealed copy of the journal, also while the terminal runs')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .requiredOption('--to <file>', 'the backup; FILE.sha256 is made beside it')
    .requiredOption(
      '--key-file <file>',
      'its first line is the key, which a restore asks for again',
    )
    .option('--json', 'one JSON line')
    .action(async (flags: Flags) => {
      const journal = journalFile(flags.data, io)
      const outcome = await backupJournal({
        journal,
        target: flags.to,
        key: readKey(flags.keyFile, io),
        isThorough: true,
        random: (length) => Uint8Array.from(randomBytes(length)),
      })
      if (flags.json === true) io.out(JSON.stringify(outcome))
      else if (outcome.ok)
        io.out(
          `${flags.to} holds the journal up to event ${outcome.facts.seq}. Keep the key in another place.`,
        )
      else io.out(`No backup was made: ${outcome.why}. The journal is as it was.`)
      if (!outcome.ok) throw new CommanderError(1, 'suretill.backup', '')
    })
}
