/** What the report verbs are handed. */
import type { ReportLocale } from '#shell/reports/report-words.ts'
import type { Io } from '../journal/journal-io.ts'

export type ReportIo = Io & {
  /** Shipped data: words. */
  readonly sharedConfig: string
  readonly locale: ReportLocale
  readonly nowMs: () => number
}
