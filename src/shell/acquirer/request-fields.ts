/** The requests of a UnionPay terminal as fields (unionpay-8583 sections 2, 3 and 6). Card data goes in as bytes, never as text. */
import { toDe4 } from '#core/money.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import { type Attempt, entryMode } from '#core/transaction/attempt.ts'
import type { Held } from '../custody/custody.ts'

export type FieldValue = string | Uint8Array
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

export type ReversalChoices = {
  /** DE 61: left out, or the batch and STAN of the failed request, with or without its date. */
  readonly originalData: 'absent' | 'batchAndStan' | 'batchStanAndDate'
  /** DE 55 with 95 9F1E 9F10 9F36 of a chip card. */
  readonly chipData: boolean
}

/** DE 60 (section 2): 60.1 type, 60.2 batch, 60.3 management code, 60.4 capability, 60.5 condition. */
const TYPE_SALE = '22'
/** DE 53: a PIN block with PAN under a double-length key; no PIN but a track. */
const SECURITY_WITH_PIN = '2600000000000000'
const SECURITY_WITHOUT_PIN = '0600000000000000'

export function saleFields(
  numbers: TerminalNumbers & { readonly choices: FieldChoices },
  attempt: Attempt,
  held: Held,
): Fields {
  const { choices } = numbers
  const fields: Fields = {
    '3': '000000',
    '4': toDe4(attempt.amountMinor),
    '11': attempt.stan,
    '22': entryMode(attempt),
    '25': '00',
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': `${TYPE_SALE}${attempt.batch}${choices.financialManagementCode}${capability(entryMode(attempt))}0`,
  }
  return held.kind === 'code'
    ? { ...fields, ...codeFields(held, choices) }
    : { ...fields, ...cardFields(attempt, held, choices) }
}

function cardFields(
  attempt: Attempt,
  { card, pinBlock }: Extract<Held, { kind: 'card' }>,
  { maximumPinLength }: FieldChoices,
): Fields {
  const fields: Fields = { '2': card.pan.use((digits) => digits.slice()), '14': card.expiry }
  if (card.track2 !== null) fields['35'] = card.track2.use((track) => track.slice())
  if (card.panSequence !== null) fields['23'] = card.panSequence
  if (card.emv !== '') fields['55'] = card.emv
  if (attempt.withPin && pinBlock !== null) {
    fields['26'] = maximumPinLength
    fields['52'] = pinBlock.use((block) => block.slice())
    fields['53'] = SECURITY_WITH_PIN
  } else if (card.track2 !== null) fields['53'] = SECURITY_WITHOUT_PIN
  return fields
}

/** DE 59 of a payment code: by default `A3`, three digits of length, the code. */
function codeFields(
  { code }: Extract<Held, { kind: 'code' }>,
  { paymentCode }: FieldChoices,
): Fields {
  const tagged = `${paymentCode.tag}${String(code.length).padStart(3, '0')}`
  const head = new TextEncoder().encode(paymentCode.layout === 'tagged' ? tagged : '')
  const value = new Uint8Array(head.length + code.length)
  value.set(head)
  code.use((digits) => value.set(digits, head.length))
  return { '59': value }
}

/**
 * The 0400 repeats what the request said, with its own STAN; never 26, 37 or 52 (section 6), and never 35, which one acquirer in three would
 * take: a track must not be kept after the request has left.
 */
export function reversalFields(
  numbers: TerminalNumbers & { readonly choices: FieldChoices },
  reversal: Reversal,
  card: { readonly pan: Uint8Array; readonly expiry: Uint8Array } | null,
): Fields {
  const { financialManagementCode, reversal: wanted } = numbers.choices
  const fields: Fields = {
    '3': reversal.processingCode,
    '4': toDe4(reversal.amountMinor),
    '11': reversal.stan,
    '22': reversal.entryMode,
    '25': reversal.conditionCode,
    '39': reversal.reason,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': `${TYPE_SALE}${reversal.batch}${financialManagementCode}${capability(reversal.entryMode)}0`,
  }
  if (card !== null) {
    fields['2'] = card.pan.slice()
    fields['14'] = card.expiry.slice()
  }
  if (reversal.panSequence !== null) fields['23'] = reversal.panSequence
  if (reversal.emv !== '' && wanted.chipData) fields['55'] = reversal.emv
  if (wanted.originalData !== 'absent')
    fields['61'] = originalData(reversal, wanted.originalData === 'batchStanAndDate')
  return fields
}

/** DE 61. `0000` stands for the date: the request that failed has none from the host. */
function originalData({ batch, stan }: Reversal, withDate: boolean): string {
  return `${batch}${stan}${withDate ? '0000' : ''}`
}

/** 60.4: 5 chip, 6 contactless and codes, 2 stripe only. */
function capability(mode: string): string {
  if (mode.startsWith('05')) return '5'
  return mode.startsWith('02') ? '2' : '6'
}

/** Overwrites every value that came in as bytes. */
export function wipeFields(fields: Fields): void {
  for (const value of Object.values(fields)) if (typeof value !== 'string') value.fill(0)
}
