/** What the performers work with. */

import type { ExceptionCount } from '#core/batch/exception-count.ts'
import type { RecordWish } from '#core/counter/wish.ts'
import type { DownloadName } from '#core/link/chore.ts'
import type { CardReaderPort } from '#core/ports/card-reader.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import type { PinPadPort } from '#core/ports/pin-pad.ts'
import type { PrinterPort } from '#core/ports/printer.ts'
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import type { Slip } from '#core/receipt/slip.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Acquirer } from '../acquirer/acquirer.ts'
import type { Custody } from '../custody/custody.ts'
import type { RenderedSlip } from '../receipt/render-slip.ts'
import type { PinSettings } from './pin-key.ts'

export type Devices = {
  readonly cardReader: CardReaderPort
  readonly pinPad: PinPadPort
  readonly printer: PrinterPort
  readonly qrScanner: QrScannerPort
}

export type PerformerParts = {
  readonly devices: Devices
  readonly acquirer: Acquirer
  readonly keys: KeysPort
  readonly custody: Custody
  readonly clock: Clock
  readonly setup: Setup
  readonly pin: PinSettings
  /** Keyed hash of a PAN. */
  readonly fingerprint: (pan: Uint8Array) => string
  /** Null when it cannot be drawn. */
  readonly drawSlip: (slip: Slip) => Pick<RenderedSlip, 'escpos' | 'text'> | null
  /** Writes them as files for another printer; numbers of the jobs that were written. */
  readonly exportSlips: (slips: readonly Slip[]) => readonly string[]
  /** The newest record with this STAN, or null. */
  readonly findRecord: (stan: string) => TransactionRecord | null
  /** The newest few that fit, newest last. */
  readonly searchRecords: (wish: RecordWish) => readonly TransactionRecord[]
  /** Every record of this batch, oldest first. */
  readonly batchRecords: (batch: string) => readonly TransactionRecord[]
  /** The exceptions of an open batch in short; absent: they stand on no slip. */
  readonly countExceptions?: (batch: string) => Promise<readonly ExceptionCount[]>
  /** Lends PAN and expiry that lie sealed for a reversal or a refund in doubt; null when it has none. */
  readonly withSealedCard: <Result>(
    owed: { readonly id: string; readonly hasPan: boolean },
    use: (card: { pan: Uint8Array; expiry: Uint8Array } | null) => Result,
  ) => Result
  /** Whether the acquirer wants this card refused. */
  readonly isRefused: (pan: Uint8Array) => boolean
  /** Puts to use what was downloaded and kept. */
  readonly takeUp: (download: DownloadName) => void
  /** The terminal changes places with its drill; not at once, because the life that asks is still on the stack. */
  readonly onDrill: (wish: 'begin' | 'end') => void
  readonly dispatch: (event: EventBody) => void
}
