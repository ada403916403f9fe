/** The report of today for the page beside the counter: one reading at a time, whoever asks. */
import type { Figures, Sums } from '#core/report/figures.ts'
import type { ReportSource, ReportView } from '../api/report-view.ts'
import { dayOf } from './day-span.ts'
import { plotsOf } from './plots.ts'
import type { DayReport } from './read-day.ts'
import { readGently } from './read-gently.ts'
import { loadReportWords, type ReportLocale, type ReportWords } from './report-words.ts'
import { plainAmount, reasonText, tellException, tellGap } from './tell-day.ts'

export function reportSource(parts: {
  readonly journal: string
  /** Shipped data: words. */
  readonly sharedConfig: string
  readonly wallMs: () => number
}): ReportSource {
  const reading = new Map<ReportLocale, Promise<ReportView>>()
  const read = async (locale: ReportLocale): Promise<ReportView> => {
    const words = loadReportWords(parts.sharedConfig, locale)
    return reportView(await readGently(parts.journal, dayOf(parts.wallMs())), words)
  }
  return (locale) => {
    const known = reading.get(locale)
    if (known !== undefined) return known
    const begun = read(locale).finally(() => reading.delete(locale))
    reading.set(locale, begun)
    return begun
  }
}

/** In words. */
function reportView(report: DayReport, words: ReportWords): ReportView {
  const { figures } = report
  const { byHour, byOperator } = plotsOf(figures, words)
  return {
    locale: words.locale,
    day: report.day,
    labels: words.labels,
    lines: report.exceptions.map((line) => {
      const { amount, at, operator, trace, what, why } = tellException(line, words)
      return { time: at.slice(11), trace, operator, amount, what, why }
    }),
    gaps: report.gaps.map((gap) => tellGap(gap, words)),
    reasons: figures.reasons.map(({ count, key }) => ({ text: reasonText(key, words), count })),
    sums: sumsOf(figures, words),
    plots: [byHour, byOperator],
  }
}

function sumsOf(
  { all, channels, kinds, operators }: Figures,
  words: ReportWords,
): ReportView['sums'] {
  const row = (name: string, sums: Sums): ReportView['sums'][number] => ({
    name,
    taken: `${plainAmount(sums.inMinor)} (${sums.inCount})`,
    back: `${plainAmount(sums.backMinor)} (${sums.backCount})`,
    net: plainAmount(sums.inMinor - sums.backMinor),
    exceptions: sums.exceptions,
  })
  return [
    ...kinds.map((one) => row(words.what[one.name] ?? one.name, one)),
    ...channels.map((one) => row(words.channels[one.name] ?? one.name, one)),
    ...operators.map((one) => row(`${words.labels['operator']} ${one.name}`, one)),
    row(words.labels['all'] ?? '', all),
  ]
}
