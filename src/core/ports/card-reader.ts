import type { MinorUnits } from '../money.ts'
import type { Device, DeviceTrouble } from './device.ts'
import type { SecretBytes } from './secret.ts'

/** A reader with its own EMV kernels: it is told the amount, and answers with a card that asks to go online. */
export type CardInterface = 'chip' | 'contactless' | 'stripe'

export type CardRequest = {
  readonly amountMinor: MinorUnits
  /** ISO 4217 numeric, three digits. */
  readonly currency: string
  /** Tag 9C: `00` sale, `20` refund, `31` inquiry. */
  readonly transactionType: string
  /** Local time of the terminal, for 9A and 9F21: `YYMMDD` and `hhmmss`. */
  readonly date: string
  readonly time: string
  readonly timeoutMs: number
}

/** How the card and kernel want the cardholder verified (9F34 and CTQ, read by the driver). */
export type CardholderVerification =
  | 'onlinePin'
  | 'signature'
  | 'deviceVerified'
  | 'none'
  | 'notDecided'

export type PresentedCard = {
  readonly interface: CardInterface
  readonly pan: SecretBytes
  /** Absent when the card gave none. */
  readonly track2: SecretBytes | null
  /** `YYMM`. */
  readonly expiry: string
  /** Three digits of track 2, or null. First digit 2 or 6 = the card has a chip. */
  readonly serviceCode: string | null
  /** Tag 5F34, three digits for DE 23; null for a stripe. */
  readonly panSequence: string | null
  /** Kernel data objects for DE 55 as BER-TLV hex, without 57, 5A, 5F20 and other cardholder data; empty for a stripe. */
  readonly emv: string
  readonly verification: CardholderVerification
  /** 9F12 or 50 as text, empty for a stripe. */
  readonly label: string
  /** 84 or 4F as hex, empty for a stripe. */
  readonly aid: string
}

export type CardOutcome =
  | { readonly kind: 'card'; readonly card: PresentedCard }
  /** The kernel itself declined (AAC): nothing went out, nothing was charged. */
  | { readonly kind: 'cardDeclined'; readonly interface: CardInterface }
  /** No application of the card is in the reader's list: nothing went out, nothing was charged. */
  | { readonly kind: 'notAccepted'; readonly interface: CardInterface }
  /** A chip card was swiped: it must be inserted. */
  | { readonly kind: 'insertInstead' }
  /** The chip could not be read; a further try or the stripe may do. */
  | { readonly kind: 'unreadable'; readonly interface: CardInterface }
  | { readonly kind: 'severalCards' }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'deviceFailed'; readonly trouble: DeviceTrouble }

/** What the acquirer said, for a chip card that waits for its second GENERATE AC. */
export type OnlineAnswer = {
  /** False: no valid answer came (8A = Z3 territory; the driver says "unable to go online"). */
  readonly online: boolean
  /** DE 39, two characters, becomes 8A. */
  readonly responseCode: string
  /** DE 55 of the answer (91, 71, 72) as hex; empty when there was none. */
  readonly issuerData: string
}

export type CardCompletion =
  /** TC or AAC with the tags the slip and a reversal need (9F26, 9F27, 95, 9B, 9F10, 9F36, DF31) as hex. */
  | { readonly kind: 'completed'; readonly approved: boolean; readonly emv: string }
  | { readonly kind: 'cardRemoved' }
  | { readonly kind: 'deviceFailed'; readonly trouble: DeviceTrouble }

/** Of the entries that were given to a reader. `refused` counts those too that it could not be given. */
export type TableTaken = { readonly taken: number; readonly refused: number }

export interface CardReaderPort extends Device {
  /** Lights the reader and waits for one card. One at a time: a second call before the first settled is a bug. Never rejects. */
  read(request: CardRequest): Promise<CardOutcome>
  /** Ends a `read` with `cancelled`; does nothing when none runs. Safe to call twice. */
  cancel(): Promise<void>
  /** Chip only: gives the answer to the card. Never rejects. */
  complete(answer: OnlineAnswer): Promise<CardCompletion>
  /**
   * From now on the reader is to hold these CA keys, each as BER-TLV with 9F06 9F22 DF02 DF03 DF04: sent between transactions, and again
   * whenever it comes back. Resolves when they were sent once. Never rejects; safe to call again. Absent: the reader takes none.
   */
  holdCaKeys?(keys: readonly Uint8Array[]): Promise<TableTaken>
  /**
   * The same for the applications that are taken, each as BER-TLV with 9F06, DF01 and what the acquirer says of limits. They
   * come to those that the reader knows already, or replace them by name. Absent: the reader takes none.
   */
  holdAids?(aids: readonly Uint8Array[]): Promise<TableTaken>
  /** Called when a chip card leaves the slot. */
  onRemoved(listener: () => void): void
}
