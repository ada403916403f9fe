/** The fields of a request before they are packed, and where acquirers differ in them. Card data stands in them as bytes, never as text. */

type FieldValue = string | Uint8Array
export type Fields = Record<string, FieldValue>

export type TerminalNumbers = {
  /** DE 41, eight characters. */
  readonly terminalNumber: string
  /** DE 42, fifteen characters. */
  readonly merchantNumber: string
  readonly currency: string
}

/** Where acquirers differ in financial requests; the defaults and their reasons stand in the configuration. */
export type FieldChoices = {
  /** DE 26, sent with a PIN. */
  readonly maximumPinLength: '12' | '06'
  /** 60.3 of a financial message. */
  readonly financialManagementCode: string
  /** How DE 59 carries a payment code: behind a two-character tag and three digits of length, or bare. */
  readonly paymentCode: { readonly layout: 'tagged' | 'bare'; readonly tag: string }
  readonly reversal: ReversalChoices
}

type ReversalChoices = {
  /** DE 61: left out, or the batch and STAN of the failed request, with or without its date. */
  readonly originalData: 'absent' | 'batchAndStan' | 'batchStanAndDate'
  /** DE 38, when an approval had named one before the sale was taken back. */
  readonly authCode: boolean
  /** DE 55 with 95 9F1E 9F10 9F36 of a chip card. */
  readonly chipData: boolean
}

/** What a seal keeps of a card. */
export type SealedCard = { readonly pan: Uint8Array; readonly expiry: Uint8Array }

/** Everything that a financial request says about its terminal and acquirer. */
export type RequestSettings = TerminalNumbers & { readonly choices: FieldChoices }

/** 60.4: 5 chip, 6 contactless and codes, 2 stripe only. */
export function capability(mode: string): string {
  if (mode.startsWith('05')) return '5'
  return mode.startsWith('02') ? '2' : '6'
}

/** Overwrites every value that came in as bytes. */
export function wipeFields(fields: Fields): void {
  for (const value of Object.values(fields)) if (typeof value !== 'string') value.fill(0)
}
