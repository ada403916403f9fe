/** What `suretill run` is handed by whoever composes the program. */
import type { Clock } from '#core/ports/clock.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { ParametersSource } from '#shell/api/parameters-view.ts'
import type { ReportSource } from '#shell/api/report-view.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { SlipLinkSource, SupportSource } from '#shell/api/support-view.ts'
import type { Look } from '#shell/api/view.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import type { Note } from '#shell/log.ts'
import type { Devices } from '#shell/performers/parts.ts'
import type { ServiceManager } from '#shell/service/service-manager.ts'
import type { TillCable } from '#shell/till/serial-line.ts'
import type { FileCalls } from '#shell/update/file-calls.ts'
import type { Shipped } from './shipped.ts'

export type RunParts = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: dialects, code classes, response codes, words. */
  readonly sharedConfig: string
  /** What was checked of it when the release was made; null: nothing. */
  readonly shipped: Shipped | null
  readonly buildFolder: string
  /** A serial cable to a till; opens nothing yet. */
  readonly tillCable: (options: { path: string; baudRate: number; clock: Clock }) => TillCable
  readonly openDevices: (
    file: TerminalFile['devices'],
    parts: { clock: Clock; arena: SecretArena },
  ) => Devices
  readonly startScreens: (options: {
    readonly host: string
    readonly port: number
    readonly api: ScreensApi
    readonly buildFolder: string
    readonly log: Note
    readonly token: string
    readonly look: Look
    readonly report: ReportSource
    readonly parameters: ParametersSource
    readonly support: SupportSource
    readonly slipLink?: SlipLinkSource
    readonly benchOrigin?: string
  }) => Promise<
    | {
        readonly ok: true
        readonly url: string
        readonly customerUrl: string
        close(): Promise<void>
      }
    | { readonly ok: false; readonly sentence: string }
  >
  readonly pid: number
  /** The snapshot of the heap from which this start went on, `refused` when there is one that was of no use, null without one. */
  readonly snapshot: string | null
  /** systemd when it has started us, or one that does nothing; told once why systemd cannot be told. */
  readonly serviceManager: (onFailed: (detail: string) => void) => ServiceManager
  /** Folder of package.json, links followed: says whether this is one of two slots. */
  readonly ownFolder: string
  readonly fileCalls: FileCalls
  /** Resolves when the process is asked to end. */
  readonly untilStopped: () => Promise<string>
  /** Ends the process: everything is on disk, and whatever still waits for a customer or a host waits in vain. */
  readonly leave: () => void
}
