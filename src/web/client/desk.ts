/** What every counter page is given: the view, the words, and the ways to answer. */
import type { CounterPage, Key, Locale, View } from '#shell/api/view.ts'
import type { Entry } from './entry.ts'
import type { Notice } from './keys/desk-keys.ts'
import type { Seek } from './keys/seek.ts'
import type { Words } from './words.ts'

export type Desk = {
  readonly view: View
  readonly words: Words
  readonly clockAheadMs: number
  readonly press: (key: Key) => void
  readonly choose: (option: string, item?: string) => void
  /** Operator and PIN being typed, on the pages that ask for them. */
  readonly entry: Entry
  /** A payment code that is typed, as far as it is; null: nobody does. */
  readonly code: string | null
  readonly typeCode: () => void
  /** Which row is picked on the records and open items pages. */
  readonly picked: number
  readonly pick: (index: number) => void
  /** Changes the language of this screen. */
  readonly speak: (locale: Locale) => void
  /** The key for the last slip was held, or only tapped. */
  readonly reprint: { readonly held: () => void; readonly tapped: () => void }
  /** Whether the help of this page lies over it. */
  readonly isHelping: boolean
  readonly askHelp: () => void
  /** Why what was pressed last did nothing, or null. */
  readonly notice: Notice | null
  /** Asks the terminal for something besides the view; rejects when it does not answer in time. */
  readonly ask: (path: string) => Promise<Response>
  /** What is looked for on the page of the parameters. */
  readonly seek: {
    readonly state: Seek
    readonly choose: (seek: Seek) => void
    /** What there is to walk through, for the keys. */
    readonly showing: (shown: { readonly groups: number; readonly rows: number }) => void
  }
}

export type PageOf<Kind extends CounterPage['kind']> = Extract<CounterPage, { kind: Kind }>

export type PageProps<Kind extends CounterPage['kind']> = {
  readonly desk: Desk
  readonly page: PageOf<Kind>
}
