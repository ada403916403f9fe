/** The fields of a request before they are packed, and where acquirers differ in them. Card data stands in them as bytes, never as text. */

import type { ReversalReason } from '#core/reversal/reversal.ts'
import { MODE_OF_CODES } from '#core/transaction/attempt.ts'

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
  readonly controlField: ControlFieldChoices
  /** Second digit of DE 53: 0 single-length key, 6 double-length, 3 SM4, 4 one acquirer. */
  readonly securityKeyDigit: '0' | '3' | '4' | '6'
  /** 63.1 of a refund, three characters: `000` any organization, or `CUP`. */
  readonly cardOrganization: string
  /** DE 63 of sign-on and settlement: the operator behind blanks (`01 `), behind zeros (`001`), or no field. */
  readonly operatorField: 'padded' | 'zeros' | 'absent'
  /** DE 62 of a sign-on: the serial number behind `Sequence No` and its length, bare, or no field. */
  readonly serialField: 'labelled' | 'bare' | 'absent'
  readonly paymentCode: PaymentCodeChoices
  readonly reversal: ReversalChoices
}

/** How a payment by code is told; a question after it and its reversal follow. */
export type PaymentCodeChoices = {
  /** The field that carries the code. */
  readonly field: '57' | '59' | '62'
  /** Behind a tag and three digits of length, or bare. */
  readonly layout: 'tagged' | 'bare'
  readonly tag: string
  /** DE 3 of the payment. */
  readonly processingCode: string
  /** DE 25 of the payment. */
  readonly conditionCode: string
  /** DE 22. */
  readonly entryMode: string
  /** 60.4. */
  readonly capability: string
}

/** `A3` in DE 59, and everything else as in a sale by card. */
export const USUAL_PAYMENT_CODE: PaymentCodeChoices = {
  field: '59',
  layout: 'tagged',
  tag: 'A3',
  processingCode: '000000',
  conditionCode: '00',
  entryMode: MODE_OF_CODES,
  capability: '6',
}

type ControlFieldChoices = {
  /** 60.4 of a card that was swiped. */
  readonly stripeCapability: '2' | '5' | '6'
  /** 60.6 (1: a partial approval is taken) and 60.7 behind 60.5; empty: cut off. */
  readonly tail: string
}

type ReversalChoices = {
  /** DE 61 of a request that had none: left out, or its own batch and STAN, with or without its date. */
  readonly originalData: 'absent' | 'batchAndStan' | 'batchStanAndDate'
  /** DE 61 of a void, completion or other request about an original: as it was sent, or its own batch and STAN. */
  readonly followUpData: 'asSent' | 'batchAndStan' | 'batchStanAndDate'
  /** DE 53 when a void or a pre-authorization is reversed. */
  readonly securityControl: boolean
  /** DE 39 for each reason that the terminal has. */
  readonly reasons: Readonly<Record<ReversalReason, string>>
  /** DE 38, when an approval had named one before the sale was taken back. */
  readonly authCode: boolean
  /** DE 55 with 95 9F1E 9F10 9F36 of a chip card. */
  readonly chipData: boolean
}

/** What a seal keeps of a card. */
export type SealedCard = { readonly pan: Uint8Array; readonly expiry: Uint8Array }

/** Everything that a financial request says about its terminal and acquirer. */
export type RequestSettings = TerminalNumbers & {
  readonly choices: FieldChoices
  /** The field that names the key of a PIN block; absent or null: it is that of the sign-on. */
  readonly pinKsnField?: string | null
}

/** DE 22 as this acquirer has it, of a mode by which the core tells codes and cards apart. */
export function wiredMode({ paymentCode }: FieldChoices, mode: string): string {
  return mode === MODE_OF_CODES ? paymentCode.entryMode : mode
}

/** DE 3 and 25 of a payment by code, in the place of those of any sale; of anything else, a refund among it, nothing. */
export function codePaymentFields(
  { paymentCode }: FieldChoices,
  message: { readonly isSale: boolean; readonly mode: string },
): Fields {
  if (!message.isSale || message.mode !== MODE_OF_CODES) return {}
  return { '3': paymentCode.processingCode, '25': paymentCode.conditionCode }
}

/** DE 60 of a financial message: 60.1 type, 60.2 batch, 60.3, 60.4 capability by DE 22, 60.5 chip condition, and what the acquirer wants behind it. */
export function controlField(
  { controlField: { stripeCapability, tail }, financialManagementCode, paymentCode }: FieldChoices,
  message: {
    readonly type: string
    readonly batch: string
    readonly mode: string
    /** 60.5 = 2: a chip card that was swiped because its chip had failed. */
    readonly isFallback?: boolean
  },
): string {
  const { batch, isFallback = false, mode, type } = message
  // 60.4: 5 chip, 6 contactless.
  const cards = mode.startsWith('05') ? '5' : '6'
  const others = mode === MODE_OF_CODES ? paymentCode.capability : cards
  const capability = mode.startsWith('02') ? stripeCapability : others
  return `${type}${batch}${financialManagementCode}${capability}${isFallback ? '2' : '0'}${tail}`
}

/** DE 53: first digit 2 = a PIN block with PAN, 0 = none. */
export function securityControl(
  { securityKeyDigit }: FieldChoices,
  { withPin }: { readonly withPin: boolean },
): string {
  return `${withPin ? '2' : '0'}${securityKeyDigit}`.padEnd(16, '0')
}

/** Overwrites every value that came in as bytes. */
export function wipeFields(fields: Fields): void {
  for (const value of Object.values(fields)) if (typeof value !== 'string') value.fill(0)
}
