/** Words of the reports, from `config/locales/report.<locale>.json`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const word = z.string().min(1).max(400)
const words = z.record(z.string(), word)

const reportWordsSchema = z.strictObject({
  locale: z.enum(['zh-CN', 'en']),
  labels: words,
  /** What a line is about. */
  what: words,
  /** Why it stands there, with places for `{name}`. */
  why: words,
  /** Classes of codes that were refused. */
  codes: words,
  channels: words,
  gaps: words,
})

export type ReportWords = z.infer<typeof reportWordsSchema>
export type ReportLocale = ReportWords['locale']

/** Shipped with the program: throws when it is missing or wrong, which is a fault of the package. */
export function loadReportWords(sharedConfig: string, locale: ReportLocale): ReportWords {
  const file = join(sharedConfig, 'locales', `report.${locale}.json`)
  return reportWordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
