/** `suretill report figures`: the sums of a day as text, as JSON, and as plots in a folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { backShare, type Sums } from '#core/report/figures.ts'
import { plotsOf } from '#shell/reports/plots.ts'
import type { DayReport } from '#shell/reports/read-day.ts'
import {
  loadReportWords,
  type ReportLocale,
  type ReportWords,
} from '#shell/reports/report-words.ts'
import { plainAmount, reasonText } from '#shell/reports/tell-day.ts'
import type { ReportIo } from './report-io.ts'

type Flags = {
  readonly data: string
  readonly date?: string
  readonly lang: ReportLocale
  readonly json?: true
  readonly svg?: string
}

export function registerFigures(
  verb: Command,
  io: Pick<ReportIo, 'out' | 'sharedConfig'>,
  read: (flags: Pick<Flags, 'data' | 'date'>) => DayReport,
): void {
  verb
    .option('--svg <folder>', 'also writes by-hour.svg and by-operator.svg into it')
    .action((flags: Flags) => {
      const words = loadReportWords(io.sharedConfig, flags.lang)
      const report = read(flags)
      if (flags.svg !== undefined) writePlots(flags.svg, report, words)
      if (flags.json === true) io.out(JSON.stringify({ day: report.day, ...report.figures }))
      else for (const line of figuresText(report, words)) io.out(line)
    })
}

function writePlots(folder: string, { figures }: DayReport, words: ReportWords): void {
  mkdirSync(folder, { recursive: true })
  const { byHour, byOperator } = plotsOf(figures, words)
  writeFileSync(join(folder, 'by-hour.svg'), byHour)
  writeFileSync(join(folder, 'by-operator.svg'), byOperator)
}

function figuresText({ day, figures }: DayReport, words: ReportWords): readonly string[] {
  const label = (name: string) => words.labels[name] ?? name
  const { all, channels, hours, kinds, operators, reasons } = figures
  const busy = hours.filter(
    ({ backCount, exceptions, inCount }) => inCount + backCount + exceptions > 0,
  )
  return [
    `${label('figures')}  ${day}`,
    sumsText(label('all'), all, words),
    ...section(label('byKind'), kinds, words, (name) => words.what[name] ?? name),
    ...section(label('byChannel'), channels, words, (name) => words.channels[name] ?? name),
    ...section(label('byHour'), busy, words, (name) => `${name}:00`),
    ...section(label('byOperator'), operators, words, (name) => name),
    '',
    label('byReason'),
    ...reasons.map(({ count, key }) => `  ${String(count).padStart(5)}  ${reasonText(key, words)}`),
  ]
}

function section(
  title: string,
  rows: readonly Sums[],
  words: ReportWords,
  nameOf: (name: string) => string,
): readonly string[] {
  return ['', title, ...rows.map((row) => `  ${sumsText(nameOf(row.name), row, words)}`)]
}

function sumsText(name: string, sums: Sums, { labels }: ReportWords): string {
  const { backCount, backMinor, exceptions, inCount, inMinor } = sums
  const share = (backShare(sums) * 100).toFixed(1)
  return [
    name,
    `${labels['in']} ${plainAmount(inMinor)} (${inCount})`,
    `${labels['back']} ${plainAmount(backMinor)} (${backCount})`,
    `${labels['net']} ${plainAmount(inMinor - backMinor)}`,
    `${labels['backShare']} ${share}`,
    `${labels['exceptions']} ${exceptions}`,
  ].join('  ')
}
