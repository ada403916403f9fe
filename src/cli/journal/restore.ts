/** `suretill restore`: a backup in the place of the journal, when it has proved itself. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { type RestoreOutcome, restoreJournal } from '#shell/journal/backup/restore.ts'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { findJournalKey } from '#shell/keys/journal-key.ts'
import { readKey } from './backup-key.ts'
import { type Io, refuse } from './journal-io.ts'

type Flags = {
  readonly data: string
  readonly from: string
  readonly keyFile: string
  readonly supervisorAcceptsLoss?: true
  readonly json?: true
}

/** Exits 0 when the backup is in place, 1 when it was refused and nothing was changed, 2 when it cannot be tried. */
export function registerRestore(program: Command, io: Io): void {
  program
    .command('restore')
    .description('put a backup in the place of the journal; the one of before is kept beside it')
    .requiredOption('--data <folder>', 'data folder of the terminal, which must not run')
    .requiredOption('--from <file>', 'the backup')
    .requiredOption('--key-file <file>', 'its first line is the key that the backup was made with')
    .option(
      '--supervisor-accepts-loss',
      'take a backup that is older than what this terminal has done',
    )
    .option('--json', 'one JSON line')
    .action(async (flags: Flags) => {
      if (!existsSync(flags.from)) refuse(io, `There is no ${flags.from}. Nothing was changed.`)
      const key = readKey(flags.keyFile, io)
      mkdirSync(flags.data, { recursive: true, mode: 0o700 })
      const unlock = lockFolder(join(flags.data, 'terminal.lock'))
      if (unlock === null)
        return refuse(
          io,
          `A terminal is running on ${flags.data}. Nothing was changed; stop it first.`,
        )
      try {
        const disk = createDisk()
        const outcome = await restoreJournal({
          backup: flags.from,
          key,
          journal: join(flags.data, 'journal.db'),
          markFile: join(flags.data, 'journal.mark'),
          disk,
          device: findJournalKey(flags.data, disk),
          acceptsLoss: flags.supervisorAcceptsLoss === true,
          asideName: `replaced-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`,
        })
        io.out(flags.json === true ? JSON.stringify(outcome) : sentence(outcome))
        if (!outcome.ok) throw new CommanderError(1, 'suretill.restore', '')
      } finally {
        unlock()
      }
    })
}

function sentence(outcome: RestoreOutcome): string {
  if (outcome.ok) {
    const { aside, events, lostEvents } = outcome
    const kept = aside === null ? '' : ` The journal of before is kept as ${aside}.`
    const lost =
      lostEvents === 0
        ? ''
        : ` ${lostEvents} events are not in it: what was sold in them stands in the acquirer's books alone. Compare before anything is refunded.`
    return `The journal is restored: ${events} events, chain and records whole.${kept}${lost}`
  }
  const untouched = 'Nothing was changed.'
  switch (outcome.why) {
    case 'notABackup':
      return `${outcome.detail} is no backup of this program. ${untouched}`
    case 'wrongKeyOrDamaged':
      return `${outcome.detail} does not open: another key, or a damaged file. ${untouched} Check FILE.sha256 with sha256sum -c.`
    case 'damaged':
      return `The backup is not whole: ${outcome.detail}. ${untouched} Take another one.`
    case 'behind':
      return `The backup is older than what this terminal has done: ${outcome.detail} would be forgotten, with money in them perhaps. ${untouched} Take a newer one, or let a supervisor accept the loss (--supervisor-accepts-loss).`
    case 'another':
      return `${outcome.detail} comes from another terminal or another journal. ${untouched}`
    case 'cannot':
      return `The backup could not be put in place: ${outcome.detail}. The journal of before is still there or kept beside it; start the restore again.`
  }
}
