/** `suretill report book`: the list of the cash register beside the payments of the day; what stands on one side only is told. */
import { readFileSync, statSync } from 'node:fs'
import { type Command, CommanderError, InvalidArgumentError } from 'commander'
import { type BookGaps, type BookOrder, compareBook } from '#core/report/order-book.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { fillIn } from '#shell/devices/technician-words.ts'
import { readBook } from '#shell/reports/book-file.ts'
import type { DaySpan } from '#shell/reports/day-span.ts'
import type { DayReport } from '#shell/reports/read-day.ts'
import {
  loadReportWords,
  type ReportLocale,
  type ReportWords,
} from '#shell/reports/report-words.ts'
import { plainAmount, timeText } from '#shell/reports/tell-day.ts'
import { refuse } from '../journal/journal-io.ts'
import type { ReportIo } from './report-io.ts'

type BookFlags = {
  readonly data: string
  readonly date?: string
  readonly lang: ReportLocale
  readonly json?: true
  readonly book: string
  readonly within?: number
}

type Read = (flags: BookFlags) => { readonly report: DayReport; readonly span: DaySpan }

/** Exit codes: 0 both lists fit, 1 somebody has to look, 2 the file cannot be read. */
export function registerBook(verb: Command, io: ReportIo, read: Read): void {
  verb
    .requiredOption('--book <file>', 'CSV of the register with columns time, amount, reference')
    .option('--within <minutes>', 'how far the clocks may be apart; 15 without it', minutes)
    .action((flags: BookFlags) => tellBook(io, flags, read))
}

/** A register's list of a day is some hundred kilobytes. */
const BOOK_BYTES_LIMIT = 8_000_000
const MOST_MINUTES = 720

function tellBook(io: ReportIo, flags: BookFlags, read: Read): void {
  const words = loadReportWords(io.sharedConfig, flags.lang)
  const { report, span } = read(flags)
  const book = bookOf(io, flags.book, span)
  const withinMs = flags.within === undefined ? undefined : flags.within * 60_000
  const gaps = compareBook(book, report.records, withinMs)
  if (flags.json === true) io.out(JSON.stringify({ day: report.day, ...rowsOf(gaps) }))
  else for (const line of textOf(gaps, words, report.day)) io.out(line)
  const fits = gaps.ordersWithoutPayment.length + gaps.paymentsWithoutOrder.length === 0
  if (!fits) throw new CommanderError(1, 'suretill.report', '')
}

function bookOf(io: ReportIo, file: string, span: DaySpan): readonly BookOrder[] {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true) return refuse(io, `There is no ${file}.`)
  if (found.size > BOOK_BYTES_LIMIT) return refuse(io, `${file} is too long for the list of a day.`)
  const book = readBook(readFileSync(file, 'utf8'), span)
  return book.ok ? book.orders : refuse(io, `${file}, line ${book.line}: ${WHY[book.why]}`)
}

const WHY = {
  noHead: 'the head line names no columns time and amount.',
  noTime: 'the time is none; 12:03 or 2026-11-21 12:03:05 is.',
  noAmount: 'the amount is none; 38.50 or -12.00 is.',
  tooLong: 'more lines than a day has orders.',
} as const

function rowsOf({ ordersWithoutPayment, paymentsWithoutOrder }: BookGaps) {
  return {
    ordersWithoutPayment: ordersWithoutPayment.map(({ amountMinor, at, reference }) => ({
      time: timeText(at),
      amount: plainAmount(amountMinor),
      reference,
    })),
    paymentsWithoutOrder: paymentsWithoutOrder.map((record) => ({
      time: timeText(record.at),
      amount: plainAmount(signedMinor(record)),
      trace: record.stan,
      operator: record.operator,
      kind: record.kind,
    })),
  }
}

function textOf(gaps: BookGaps, words: ReportWords, day: string): readonly string[] {
  const { ordersWithoutPayment, paymentsWithoutOrder } = rowsOf(gaps)
  const label = (name: string, count = 0) => fillIn(words.labels[name] ?? name, { count })
  if (ordersWithoutPayment.length + paymentsWithoutOrder.length === 0)
    return [`${label('book')}  ${day}`, label('bookFits')]
  return [
    `${label('book')}  ${day}`,
    '',
    label('ordersWithoutPayment', ordersWithoutPayment.length),
    ...ordersWithoutPayment.map(
      (one) => `  ${one.time.slice(11)}  ${one.amount}  ${one.reference}`,
    ),
    '',
    label('paymentsWithoutOrder', paymentsWithoutOrder.length),
    ...paymentsWithoutOrder.map(
      ({ amount, kind, operator, time, trace }) =>
        `  ${time.slice(11)}  ${amount}  ${trace}  ${operator}  ${words.what[kind] ?? kind}`,
    ),
    '',
    label('bookNow'),
  ]
}

function signedMinor({ kind, paidMinor }: TransactionRecord): number {
  return ruleOf(kind).direction === 'out' ? 0 - paidMinor : paidMinor
}

function minutes(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= MOST_MINUTES) return number
  throw new InvalidArgumentError(`Minutes are a whole number from 1 to ${MOST_MINUTES}.`)
}
