/** A day's report in words: what people read, on paper, on a screen or in a spreadsheet. */
import { hostDateTime } from '#core/calendar.ts'
import type { Exception } from '#core/report/exception.ts'
import type { Gap } from './read-day.ts'
import type { ReportWords } from './report-words.ts'

export type ToldException = {
  /** `2026-11-21 12:03:00`, by the shop's clock. */
  readonly at: string
  readonly trace: string
  readonly operator: string
  /** `1234.50`; empty where no amount belongs to it. */
  readonly amount: string
  readonly what: string
  readonly why: readonly string[]
  /** The same reasons as keys, for programs. */
  readonly reasons: readonly string[]
}

export function tellException(line: Exception, words: ReportWords): ToldException {
  return {
    at: timeText(line.at),
    trace: line.trace,
    operator: line.operator,
    amount: line.amountMinor === null ? '' : plainAmount(line.amountMinor),
    what: words.what[line.what] ?? line.what,
    why: line.why.map(({ key, params }) => {
      const code = params['code']
      const named = code === undefined ? params : { ...params, code: words.codes[code] ?? code }
      return fillIn(words.why[key] ?? key, named)
    }),
    reasons: line.why.map(({ key }) => key),
  }
}

export function tellGap(gap: Gap, words: ReportWords): string {
  const text = words.gaps[gap.gap] ?? gap.gap
  if (gap.gap === 'missing') return fillIn(text, { what: gap.what })
  return gap.gap === 'leftOut' ? fillIn(text, { count: String(gap.count) }) : text
}

/** A reason without its figures: what stands in braces is another one for each line. */
export function reasonText(key: string, words: ReportWords): string {
  return (words.why[key] ?? key).replaceAll(/\{\w+\}/g, '…')
}

/** `2026-11-21 12:03:00`. */
export function timeText(ms: number): string {
  return hostDateTime(ms, '', '')
}

/** Minor units, also below zero, as `-1234.50`: no thousands separators, so that a program can read it. */
export function plainAmount(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, '0')
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** `{name}` becomes what stands under `name`; an unknown name stays, so that it is seen. */
function fillIn(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}
