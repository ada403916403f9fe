/** What is kept of an incident; a leaf, because the state holds it. */
import type { MinorUnits } from '../money.ts'

/**
 * `shortfall`: too little was charged, `overcharge`: too much, and the customer has left. `wrongPayer`: somebody else was charged.
 * `strangerSticker`: a customer paid into a code that is not ours. `disputed`: a customer does not agree with a payment; nobody knows yet who
 * is right.
 */
export type IncidentKind =
  | 'shortfall'
  | 'overcharge'
  | 'wrongPayer'
  | 'strangerSticker'
  | 'disputed'

/** What a supervisor says became of it; the terminal has not seen it. */
export type ClosingWord =
  | 'collected'
  | 'returned'
  | 'withAcquirer'
  | 'withPolice'
  | 'writtenOff'
  | 'explained'

export type Incident = {
  /** `<kind>-<record>`, or with the time where there is no record. */
  readonly id: string
  readonly kind: IncidentKind
  readonly at: number
  readonly dueAt: number
  readonly amountMinor: MinorUnits
  readonly operator: string
  /** Id of the payment that it is about, and its voucher number; empty: none of ours. */
  readonly record: string
  readonly trace: string
  readonly channel: string
  readonly last4: string
  /** Money still to be collected because of it; absent: none. */
  readonly followUp?: string
  /** Sheets that were asked for after the first. */
  readonly reprints: number
  readonly closed?: { readonly at: number; readonly by: string; readonly word: ClosingWord }
}

/** More than this, and some must be closed before another is recorded. */
export const INCIDENTS_LIMIT = 50
/** Where the configuration names no other time. */
export const USUAL_DUE_MS = 7 * 86_400_000
