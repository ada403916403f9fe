/** `suretill journal replay`: decides every event of a journal or an export again, and prints what was decided and why. */
import { type Command, CommanderError } from 'commander'
import type { Fault, JournalLine } from '#shell/journal/lines/line.ts'
import { readLines } from '#shell/journal/lines/read-lines.ts'
import { type Replayed, replay } from '#shell/journal/lines/replay.ts'
import { journalLines } from '#shell/journal/lines/stretch.ts'
import { withReader } from '#shell/journal/reader.ts'
import { type Io, refuse, sourceFile } from './journal-io.ts'
import { stepText } from './replay-step.ts'

type Flags = { readonly data?: string; readonly quiet?: true; readonly json?: true }

/** Exits 0 when everything was decided as it was recorded, 1 with the first event that was not, 2 when there is nothing to read. */
export function registerReplay(journal: Command, io: Io): void {
  journal
    .command('replay')
    .description('decide every event again, say what was decided and why, and compare')
    .argument('[source]', 'data folder, journal.db, or an export or archive as JSON lines')
    .option('--data <folder>', 'data folder of the terminal')
    .option('--quiet', 'the result alone')
    .option('--json', 'one JSON line with the result alone')
    .action((named: string | undefined, flags: Flags) => {
      const source = named ?? flags.data
      if (source === undefined) refuse(io, 'Name a data folder, a journal or an export.')
      const isQuiet = flags.quiet === true || flags.json === true
      const replayed = replayFile(sourceFile(source, io), isQuiet ? null : io.out, io)
      io.out(flags.json === true ? JSON.stringify(replayed) : resultText(replayed))
      if (replayed.difference !== null) throw new CommanderError(1, 'suretill.journal', '')
    })
}

function replayFile(file: string, tell: Io['out'] | null, io: Io): Replayed {
  try {
    const steps = replay(linesOf(file))
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) tell?.(stepText(step.value))
    return step.value
  } catch (cause) {
    return refuse(
      io,
      `${file} cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}.`,
    )
  }
}

function linesOf(file: string): Iterable<JournalLine | Fault> {
  return file.endsWith('.db') ? withReader(file, journalLines) : readLines(file)
}

function resultText({ decidedAgain, difference, digest, events, head }: Replayed): string {
  const only = events - decidedAgain
  const other = only === 0 ? '' : ` ${only} were decided by another release and only read.`
  if (difference === null)
    return `${events} events, ${decidedAgain} decided again as recorded.${other} Decisions ${digest}, chain head ${head}.`
  const { recorded, decided, seq, why } = difference
  const both = recorded === undefined ? '' : `\n  recorded ${recorded}\n  decided  ${decided ?? ''}`
  return `Event ${seq}: ${why}.${both}`
}
