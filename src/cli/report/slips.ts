/** `suretill slips`: what was sent to the printer, copy by copy, with how it ended. */
import { type Command, CommanderError } from 'commander'
import { hostDateTime } from '#core/calendar.ts'
import { keptLines } from '#shell/evidence/kept-lines.ts'
import { withReader } from '#shell/journal/reader.ts'
import { type PrintedCopy, printLog } from '#shell/receipt/print-log.ts'
import { type Io, journalFile } from '../journal/journal-io.ts'

type Flags = { readonly data: string; readonly trace?: string; readonly json?: true }

/** Exits 0, also when nothing was printed; 1 when the journal cannot be read, 2 when there is none. */
export function registerSlips(program: Command, io: Io): void {
  program
    .command('slips')
    .description('every copy that was sent to the printer: start, end, result, operator')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--trace <number>', 'of this voucher number alone')
    .option('--json', 'one JSON object for each copy')
    .action(({ data, json, trace }: Flags) => {
      const wanted = trace?.padStart(6, '0')
      const file = journalFile(data, io)
      for (const copy of copiesIn(file, io))
        if (wanted === undefined || copy.trace === wanted)
          io.out(json === true ? JSON.stringify(copy) : copyText(copy))
    })
}

function copiesIn(file: string, io: Io): readonly PrintedCopy[] {
  try {
    return [
      ...withReader(file, function* (db) {
        yield* printLog(keptLines(file, db, 0))
      }),
    ]
  } catch (cause) {
    io.err(`The journal cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}.`)
    throw new CommanderError(1, 'suretill.slips', '')
  }
}

function copyText({ batch, copy, job, trace, tries, type, waived }: PrintedCopy): string {
  const head = `${job}  ${type} ${trace === '' ? batch : trace} ${copy}`
  const told = tries.map(({ endedAt, lines, mark, operator, result, startedAt }) => {
    const end =
      endedAt === null ? 'nothing came back' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`
    const size = lines === null ? '' : `, ${lines} lines`
    return `  ${hostDateTime(startedAt, '', '')} ${mark}: ${result ?? 'not known'}, ${end}${size}, operator ${operator ?? '?'}`
  })
  const said =
    waived === undefined
      ? []
      : [`  ${hostDateTime(waived.at, '', '')} said to be complete by ${waived.operator ?? '?'}`]
  return [head, ...told, ...said].join('\n')
}
