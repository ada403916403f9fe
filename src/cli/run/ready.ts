/** A terminal whose configuration is read and whose data folder is locked: what the rest of the start works with. */
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import type { Note } from '#shell/log.ts'
import type { Tally } from '#shell/metrics/tally.ts'
import type { Shared } from './shared-data.ts'
import type { ShippedFiles } from './shipped.ts'

export type Ready = {
  /** Folder with terminal.yaml. */
  readonly config: string
  readonly data: string
  readonly file: TerminalFile
  readonly shared: Shared
  readonly shipped: ShippedFiles
  readonly note: Note
  readonly err: (sentence: string) => void
  readonly tidyLog: (wallMs: number) => void
  readonly tally: Tally
}
