/** What the terminal is set to, in words, as a page shows it. Secrets are named and not shown; nothing can be changed from here. */
import type { Locale } from './view.ts'

export type ParameterRow = {
  /** As in `terminal.yaml`: `acquirer.replyTimeoutMs`. */
  readonly name: string
  readonly meaning: string
  readonly value: string
  /** What holds when it is left out; null where that is what holds now, or where nothing holds then. */
  readonly byDefault: string | null
  /** Set otherwise than by default. */
  readonly isChanged: boolean
}

export type ParametersView = {
  readonly locale: Locale
  readonly labels: {
    readonly byDefault: string
    readonly changed: string
    readonly all: string
    readonly onlyChanged: string
    readonly search: string
    readonly none: string
  }
  readonly groups: readonly {
    readonly id: string
    readonly title: string
    readonly rows: readonly ParameterRow[]
  }[]
}

/** What a page asks for. Reads words that are shipped; rejects only when the package is not whole. */
export type ParametersSource = (locale: Locale) => Promise<ParametersView>
