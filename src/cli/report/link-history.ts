/** `suretill link-history`: how the line to the acquirer did, hour by hour. */
import { type Command, CommanderError, InvalidArgumentError } from 'commander'
import { hostDateTime } from '#core/calendar.ts'
import { keptLines } from '#shell/evidence/kept-lines.ts'
import { withReader } from '#shell/journal/reader.ts'
import { type LinkHour, linkHistory } from '#shell/reports/link-history.ts'
import { type Io, journalFile } from '../journal/journal-io.ts'

type Flags = { readonly data: string; readonly days: number; readonly json?: true }

const DAY_MS = 86_400_000
const DAYS_MOST = 400

/** Exits 0, also when nothing was asked of the acquirer; 1 when the journal cannot be read, 2 when there is none. */
export function registerLinkHistory(
  program: Command,
  io: Io & { readonly wallMs: () => number },
): void {
  program
    .command('link-history')
    .description('how the line to the acquirer did: answered, silent and unreachable by the hour')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--days <n>', 'so far back', wholeDays, 7)
    .option('--json', 'one JSON object for each hour')
    .action(({ data, days, json }: Flags) => {
      const hours = hoursIn(journalFile(data, io), io.wallMs() - days * DAY_MS, io)
      for (const hour of hours) io.out(json === true ? JSON.stringify(hour) : hourText(hour))
      if (hours.length === 0 && json !== true) io.out('Nothing was asked of the acquirer.')
    })
}

function hoursIn(file: string, sinceMs: number, io: Io): readonly LinkHour[] {
  try {
    return [
      ...withReader(file, function* (db) {
        yield* linkHistory(keptLines(file, db, 0), sinceMs)
      }),
    ]
  } catch (cause) {
    io.err(`The journal cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}.`)
    throw new CommanderError(1, 'suretill.link-history', '')
  }
}

function hourText({ answered, from, silent, unreachable }: LinkHour): string {
  const asked = answered + silent + unreachable
  const good = ((answered / asked) * 100).toFixed(0).padStart(3)
  const rest = silent + unreachable === 0 ? '' : `  ${silent} silent, ${unreachable} unreachable`
  return `${hostDateTime(from, '', '').slice(0, 13)}h  ${good} % of ${asked} answered${rest}`
}

function wholeDays(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days > 0 && days <= DAYS_MOST) return days
  throw new InvalidArgumentError(`Days are a whole number from 1 to ${DAYS_MOST}.`)
}
