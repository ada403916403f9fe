/** A day's exceptions for a person at a command line. */
import { fillIn } from '#shell/devices/technician-words.ts'
import type { DayReport } from '#shell/reports/read-day.ts'
import type { ReportWords } from '#shell/reports/report-words.ts'
import { tellException, tellGap } from '#shell/reports/tell-day.ts'

/** Lines of text: a head, one line and its reasons for each exception, and what the list lacks. */
export function dayText(report: DayReport, words: ReportWords): readonly string[] {
  const { labels } = words
  const lines = report.exceptions.map((line) => tellException(line, words))
  const count = fillIn(labels['count'] ?? '', { count: lines.length })
  return [
    `${labels['title']}  ${report.day}  ${count}`,
    ...lines.flatMap(({ amount, at, operator, trace, what, why }) => [
      '',
      [at.slice(11), trace === '' ? '------' : trace, operator === '' ? '--' : operator, what]
        .concat(amount)
        .join('  '),
      ...why.map((reason) => `    ${reason}`),
    ]),
    '',
    (lines.length === 0 ? labels['none'] : labels['honest']) ?? '',
    labels['limits'] ?? '',
    ...report.gaps.map((gap) => tellGap(gap, words)),
  ]
}
