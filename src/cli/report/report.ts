/** `suretill report …`: what of a day somebody should look at, its figures, and its records for a spreadsheet. Nothing is changed. */
import { type Command, CommanderError, Option } from 'commander'
import { csvLine } from '#shell/reports/csv.ts'
import { type DaySpan, dayOf, daySpan } from '#shell/reports/day-span.ts'
import { type DayReport, readDayNow } from '#shell/reports/read-day.ts'
import { RECORD_COLUMNS, recordRow } from '#shell/reports/record-rows.ts'
import { loadReportWords, type ReportLocale } from '#shell/reports/report-words.ts'
import { tellException, tellGap } from '#shell/reports/tell-day.ts'
import { journalFile, refuse } from '../journal/journal-io.ts'
import { registerBook } from './report-book.ts'
import { registerCauses } from './report-causes.ts'
import { registerFigures } from './report-figures.ts'
import type { ReportIo } from './report-io.ts'
import { dayText } from './report-text.ts'

type Flags = {
  readonly data: string
  readonly date?: string
  readonly lang: ReportLocale
  readonly json?: true
  readonly csv?: true
}

/** Exit codes: 0 the report was made, whatever it says; 2 no journal, or no such day. */
export function registerReport(program: Command, io: ReportIo): void {
  const report = program.command('report').description('what of a day to look at, and its figures')
  verb(report, io, 'day', 'the exceptions of a day, each with the reason why it is listed')
    .option('--csv', 'one line for each, for a spreadsheet')
    .action((flags: Flags) => tellDay(io, flags))
  verb(
    report,
    io,
    'records',
    'the transactions of a day: masked, nothing of a card but four digits',
  )
    .option('--csv', 'one line for each, for a spreadsheet; without --json it is the form anyway')
    .action((flags: Flags) => tellRecords(io, flags))
  registerFigures(verb(report, io, 'figures', 'sums by hour, operator and reason'), io, (flags) =>
    readReport(io, flags),
  )
  registerBook(
    verb(report, io, 'book', 'the list of the cash register beside the payments'),
    io,
    (flags) => ({
      report: readReport(io, flags),
      span: spanOf(io, flags),
    }),
  )
  registerCauses(
    verb(report, io, 'causes', 'the reasons of a week by day, and what they suggest'),
    io,
    {
      spanOf: (flags) => spanOf(io, flags),
      read: (flags, span) => readSpan(io, flags.data, span),
    },
  )
}

function verb(report: Command, io: ReportIo, name: string, what: string): Command {
  return report
    .command(name)
    .description(what)
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--date <day>', 'a day as 2026-11-21; left out: today')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .option('--json', 'one JSON line')
}

function readReport(io: ReportIo, flags: Pick<Flags, 'data' | 'date'>): DayReport {
  return readSpan(io, flags.data, spanOf(io, flags))
}

function spanOf(io: ReportIo, { date }: Pick<Flags, 'date'>): DaySpan {
  const span = date === undefined ? dayOf(io.nowMs()) : daySpan(date)
  return span ?? refuse(io, 'Name a day as 2026-11-21.')
}

function readSpan(io: ReportIo, data: string, span: DaySpan): DayReport {
  const file = journalFile(data, io)
  try {
    return readDayNow(file, span)
  } catch (cause) {
    io.err(`The journal cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}.`)
    throw new CommanderError(1, 'suretill.report', '')
  }
}

function tellDay(io: ReportIo, flags: Flags): void {
  const words = loadReportWords(io.sharedConfig, flags.lang)
  const report = readReport(io, flags)
  if (flags.csv !== true && flags.json !== true) {
    for (const line of dayText(report, words)) io.out(line)
    return
  }
  const lines = report.exceptions.map((line) => tellException(line, words))
  if (flags.json === true) {
    const gaps = report.gaps.map((gap) => tellGap(gap, words))
    io.out(JSON.stringify({ day: report.day, exceptions: lines, gaps }))
    return
  }
  io.out(csvLine(['time', 'trace', 'operator', 'amount', 'what', 'why', 'reasons']))
  for (const { amount, at, operator, reasons, trace, what, why } of lines)
    io.out(csvLine([at, trace, operator, amount, what, why.join('; '), reasons.join(' ')]))
  // A file for a program is no place for sentences; whoever runs the command still has to hear them.
  for (const gap of report.gaps) io.err(tellGap(gap, words))
}

function tellRecords(io: ReportIo, flags: Flags): void {
  const { day, records } = readReport(io, flags)
  const rows = records.map(recordRow)
  if (flags.json === true) {
    io.out(JSON.stringify({ day, records: rows }))
    return
  }
  io.out(csvLine(RECORD_COLUMNS))
  for (const row of rows) io.out(csvLine(RECORD_COLUMNS.map((column) => row[column])))
}
