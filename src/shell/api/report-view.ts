/** The report of a day as a page shows it: words and plots ready, in one language. Masked; nothing of a card but the amount it paid. */

export type ReportView = {
  readonly locale: 'zh-CN' | 'en'
  readonly day: string
  /** Headings by name, as in `config/locales/report.*`. */
  readonly labels: Readonly<Record<string, string>>
  readonly lines: readonly {
    /** `12:03:00`. */
    readonly time: string
    readonly trace: string
    readonly operator: string
    readonly amount: string
    readonly what: string
    readonly why: readonly string[]
  }[]
  /** What the list lacks. */
  readonly gaps: readonly string[]
  readonly reasons: readonly { readonly text: string; readonly count: number }[]
  /** Kinds, then means of paying, then operators: what came in and what went back. */
  readonly sums: readonly {
    readonly name: string
    readonly taken: string
    readonly back: string
    readonly net: string
    readonly exceptions: number
  }[]
  /** SVG without script, style sheet or link. */
  readonly plots: readonly string[]
}

/** What a page asks for; rejects when the journal cannot be read. */
export type ReportSource = (locale: ReportView['locale']) => Promise<ReportView>
