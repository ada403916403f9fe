/** What a supervisor should hear of while it happens, not at night; a leaf, because the state holds it. */

/**
 * `manyRefunds`: one person gave back often in short time. `sameCard`: much of it onto one card or to one payer. `largeRefund`: one above the limit
 * of the shop. `wrongCodes`: things that are no payment code, again and again. `scannerDue`: the scanner reads badly, whatever is held up.
 * `printerDue`: the printer has printed so many lines that its head and knife want a look.
 */
export type AlarmKind =
  | 'manyRefunds'
  | 'sameCard'
  | 'largeRefund'
  | 'wrongCodes'
  | 'scannerDue'
  | 'printerDue'

/** One for each kind: what comes while it stands is added to it. */
export type Alarm = {
  readonly kind: AlarmKind
  /** First and last time. */
  readonly at: number
  readonly lastAt: number
  /** How often it came since somebody looked. */
  readonly count: number
  /** Who was signed in at the last one, its voucher number and amount; empty and 0: none. */
  readonly operator: string
  readonly trace: string
  readonly amountMinor: number
}

/** As the shop has set them; 0: never. */
export type AlarmRules = {
  /** Refunds and voids of one person within `withinMs`. */
  readonly refunds: number
  readonly withinMs: number
  /** Onto one card, or to one payer, within the same time. */
  readonly sameCard: number
  /** Codes that were read well and are none to charge, within `WRONG_CODES_WITHIN_MS`. */
  readonly wrongCodes: number
  /** Of a hundred reads so many that could not be read. */
  readonly garbledPercent: number
  /** Each time so many lines more were printed; the count of a printer's life never goes back. */
  readonly printerLines: number
}

/** What is kept of reads: when the last wrong ones were, and how the last of all went, newest last. */
export type Reads = {
  readonly wrongAt: readonly number[]
  /** One letter each: `r` read, `g` garbled. */
  readonly last: string
}

export const WRONG_CODES_WITHIN_MS = 600_000
/** More wrong codes than any rule asks for. */
export const WRONG_CODES_LIMIT = 50
/** A share of fewer says nothing; of more, a scanner that was mended would be blamed for a week. */
export const READS_FOR_A_SHARE = 20
export const READS_LIMIT = 50
