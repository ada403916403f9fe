/** `suretill report causes`: how often each reason came in a week, day by day, and what that speaks for. */
import { type Command, InvalidArgumentError } from 'commander'
import { addReasons, suggestions } from '#core/report/suggest.ts'
import { fillIn } from '#shell/devices/technician-words.ts'
import { type DaySpan, daysBefore } from '#shell/reports/day-span.ts'
import type { DayReport } from '#shell/reports/read-day.ts'
import {
  loadReportWords,
  type ReportLocale,
  type ReportWords,
} from '#shell/reports/report-words.ts'
import { plainAmount, reasonText, tellGap } from '#shell/reports/tell-day.ts'
import type { ReportIo } from './report-io.ts'

export type CausesFlags = {
  readonly data: string
  readonly date?: string
  readonly lang: ReportLocale
  readonly json?: true
  readonly days?: number
}

const USUAL_DAYS = 7
/** Each day is read off the journal. */
const MOST_DAYS = 35

export function registerCauses(
  verb: Command,
  io: ReportIo,
  readers: {
    readonly spanOf: (flags: CausesFlags) => DaySpan
    readonly read: (flags: CausesFlags, span: DaySpan) => DayReport
  },
): void {
  verb
    .option('--days <n>', 'so many days, the last of them --date; 7 without it', dayCount)
    .action((flags: CausesFlags) => {
      const words = loadReportWords(io.sharedConfig, flags.lang)
      const spans = daysBefore(readers.spanOf(flags), flags.days ?? USUAL_DAYS)
      const week = spans.map((span) => readers.read(flags, span))
      const reasons = addReasons(week.map(({ figures }) => figures.reasons))
      const payments = week.reduce((sum, { figures }) => sum + figures.all.inCount, 0)
      const lostMinor = week.reduce((sum, { figures }) => sum + figures.writtenOffMinor, 0)
      const told = suggestions(reasons, payments)
      if (flags.json === true) {
        const days = week.map(({ day, figures }) => ({ day, reasons: figures.reasons }))
        const suggested = told.map(({ key, params }) => ({ key, ...params }))
        const lost = plainAmount(lostMinor)
        io.out(
          JSON.stringify({ days, reasons, payments, writtenOff: lost, suggestions: suggested }),
        )
        return
      }
      const all = { week, reasons, lostMinor }
      const sentences = told.map(({ key, params }) => fillIn(words.why[key] ?? key, params))
      for (const line of [...weekText(all, words), '', ...sentences]) io.out(line)
      if (sentences.length === 0) io.out(words.labels['noSuggestion'] ?? '')
    })
}

type Week = {
  readonly week: readonly DayReport[]
  readonly reasons: DayReport['figures']['reasons']
  readonly lostMinor: number
}

/** One row for each reason, one column for each day, the sum in front. */
function weekText({ lostMinor, reasons, week }: Week, words: ReportWords): readonly string[] {
  const label = (name: string) => words.labels[name] ?? name
  const row = (sum: string, days: readonly string[], text: string) =>
    [sum.padStart(5), ...days.map((one) => one.padStart(5)), ` ${text}`].join(' ')
  return [
    `${label('causes')}  ${week[0]?.day ?? ''} – ${week.at(-1)?.day ?? ''}`,
    row(
      '',
      week.map(({ day }) => day.slice(5)),
      '',
    ),
    ...reasons.map(({ count, key }) =>
      row(
        String(count),
        week.map((one) => countOn(one, key)),
        reasonText(key, words),
      ),
    ),
    `${label('writtenOff')} ${plainAmount(lostMinor)}`,
    ...new Set(week.flatMap(({ gaps }) => gaps.map((gap) => tellGap(gap, words)))),
  ]
}

function countOn({ figures }: DayReport, key: string): string {
  const count = figures.reasons.find((one) => one.key === key)?.count
  return count === undefined ? '·' : String(count)
}

function dayCount(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= MOST_DAYS) return number
  throw new InvalidArgumentError(`Days are a whole number from 1 to ${MOST_DAYS}.`)
}
