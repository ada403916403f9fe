/**
 * What the bench page shows and what `GET /api/state` answers: one plain picture of the counter, the host and the
 * terminal. Types only, so that the page and other programs can share them.
 */

export const DEVICE_IDS = ['printer', 'pin-pad', 'card-reader', 'qr-scanner'] as const

/** A device by the name of its link in `dev/`. */
export type DeviceId = (typeof DEVICE_IDS)[number]

type Name = { readonly 'zh-CN': string; readonly en: string }

/** A card of the hand; the number is masked. */
export type CardView = {
  readonly id: string
  readonly name: Name
  readonly masked: string
  readonly interfaces: readonly ('chip' | 'contactless' | 'stripe')[]
  /** Written on the card, because it is a test card. */
  readonly pin: string
}

/** Something that a phone can hold up. */
export type ShowView = { readonly id: string; readonly name: Name; readonly wrong: boolean }

export type PhoneView = {
  readonly id: 'left' | 'right'
  /** Which of the `shows` is on its screen. */
  readonly show: string
  readonly text: string
}

export type PaperView = {
  readonly id: string
  readonly cut: boolean
  readonly text: string
  /** Size of the drawing in dots. */
  readonly width: number
  readonly height: number
}

export type LedgerEntry = {
  /** `hh:mm:ss` of the host's clock. */
  readonly at: string
  readonly kind: string
  readonly trace: string
  readonly amountMinor: number
  /** Masked card number or wallet. */
  readonly account: string
  readonly reference: string
  readonly outcome: string
  /** The host has given the money back (reversal, void or refund). */
  readonly undone: boolean
}

export type Ledger = {
  /** What the host holds as owed to the shop, in fen. */
  readonly heldMinor: number
  /** Newest first. */
  readonly entries: readonly LedgerEntry[]
  readonly accounts: readonly { readonly id: string; readonly balanceMinor: number }[]
}

/** A fault that the host will commit the next `times` times. */
type ArmedFault = { readonly kind: string; readonly times: number; readonly code?: string }

/** One line of the host's masked message log. */
type HostMessage = { readonly at: string; readonly text: string }

export type TerminalState = {
  readonly power: 'on' | 'off'
  readonly phase: 'off' | 'starting' | 'ready' | 'crashed'
  /** Where the screens are, once ready. */
  readonly screens: string | null
  readonly pid: number | null
  readonly starts: number
  readonly powerCuts: number
  readonly crashes: number
  /** Oldest first, a limited number. */
  readonly lines: readonly string[]
}

export type BenchState = {
  /** Grows with every change. */
  readonly revision: number
  readonly hand: readonly CardView[]
  readonly shows: readonly ShowView[]
  readonly phones: readonly PhoneView[]
  /** Which cables are in. */
  readonly plugged: Readonly<Record<DeviceId, boolean>>
  readonly networkUp: boolean
  readonly printer: {
    readonly paper: 'ok' | 'nearEnd' | 'out'
    readonly cover: 'open' | 'closed'
    readonly cutterJammed: boolean
    readonly printing: boolean
    /** Oldest first; the last one may still hang in the printer. */
    readonly papers: readonly PaperView[]
    readonly complaints: number
  }
  readonly pinPad: {
    readonly display: readonly [string, string]
    readonly entering: boolean
    readonly digits: number
  }
  readonly cardReader: {
    readonly lit: boolean
    readonly slot: string | null
    /** The four lamps of the antenna, left to right. */
    readonly lights: readonly boolean[]
    readonly message: string
  }
  readonly scanner: { readonly triggered: boolean; readonly showing: boolean }
  readonly host: {
    readonly port: number
    readonly signedOn: boolean
    readonly faults: readonly ArmedFault[]
    /** Newest first. */
    readonly messages: readonly HostMessage[]
  }
  readonly ledger: Ledger
  /** Null when the terminal is started by hand. */
  readonly terminal: TerminalState | null
  /** What a terminal started by hand is given as `--config`. */
  readonly configFolder: string
  /** Where the screens are expected by that configuration. */
  readonly screens: string
}
