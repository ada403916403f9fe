/** The requests of a UnionPay terminal as fields (unionpay-8583 sections 2, 3 and 6). Card data goes in as bytes, never as text. */
import { toDe4 } from '#core/money.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import { type Attempt, entryMode, kindOf } from '#core/transaction/attempt.ts'
import { type KindRule, ruleOf } from '#core/transaction/kinds.ts'
import { originalData } from '#core/transaction/original-data.ts'
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
/** DE 53: a PIN block with PAN under a double-length key; no PIN but a track. */
const SECURITY_WITH_PIN = '2600000000000000'
const SECURITY_WITHOUT_PIN = '0600000000000000'
/** 63.1 of a refund when the organization of the card is not known. */
const CARD_ORGANIZATION_ANY = '000'

/** Any request of `kinds.ts`; `held` null when the original is named by its reference alone. */
export function requestFields(
  numbers: TerminalNumbers & { readonly choices: FieldChoices },
  attempt: Attempt,
  held: Held | null,
): Fields {
  const { choices } = numbers
  const rule = ruleOf(kindOf(attempt.order))
  const mode = entryMode(attempt)
  const fields: Fields = {
    '3': rule.processingCode,
    '11': attempt.stan,
    '22': mode,
    '25': rule.conditionCode,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': `${rule.type}${attempt.batch}${choices.financialManagementCode}${capability(mode)}0`,
    ...originalFields(rule, attempt),
  }
  if (rule.hasAmount) fields['4'] = toDe4(attempt.amountMinor)
  if (held === null) return fields
  return held.kind === 'code'
    ? { ...fields, ...codeFields(held, choices) }
    : { ...fields, ...cardFields(attempt, held, choices) }
}

/** What a seal keeps of a card. */
export type SealedCard = { readonly pan: Uint8Array; readonly expiry: Uint8Array }

/** The same request once more, byte for byte where no card is needed but its number. */
export function repeatFields(
  numbers: TerminalNumbers & { readonly choices: FieldChoices },
  attempt: Attempt,
  card: SealedCard | null,
): Fields {
  const fields = requestFields(numbers, attempt, null)
  if (card === null || attempt.tender.kind !== 'card') return fields
  const { panSequence } = attempt.tender.card
  return {
    ...fields,
    '2': card.pan.slice(),
    '14': card.expiry.slice(),
    ...(panSequence === null ? {} : { '23': panSequence }),
  }
}

/** 37, 38 and 61 of what is voided, refunded or completed; 63.1 of a refund names the card organization. */
function originalFields(rule: KindRule, attempt: Attempt): Fields {
  const { original } = attempt.order
  if (original === undefined) return {}
  const fields: Fields = {}
  if (rule.quotes.includes('37')) fields['37'] = original.reference.padStart(12, '0')
  if (rule.quotes.includes('38') && original.authCode !== '') fields['38'] = original.authCode
  const data = originalData(rule, original)
  if (data !== '') fields['61'] = data
  if (kindOf(attempt.order) === 'refund') fields['63'] = CARD_ORGANIZATION_ANY
  return fields
}

function cardFields(
  attempt: Attempt,
  { card, pinBlock }: Extract<Held, { kind: 'card' }>,
  { maximumPinLength }: FieldChoices,
): Fields {
  const rule = ruleOf(kindOf(attempt.order))
  const fields: Fields = { '2': card.pan.use((digits) => digits.slice()), '14': card.expiry }
  if (card.panSequence !== null) fields['23'] = card.panSequence
  const track = rule.card === 'number' ? null : card.track2
  if (track !== null) fields['35'] = track.use((bytes) => bytes.slice())
  if (rule.card === 'chip' && card.emv !== '') fields['55'] = card.emv
  if (attempt.withPin && pinBlock !== null) {
    fields['26'] = maximumPinLength
    fields['52'] = pinBlock.use((block) => block.slice())
    fields['53'] = SECURITY_WITH_PIN
  } else if (track !== null) fields['53'] = SECURITY_WITHOUT_PIN
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
  card: SealedCard | null,
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
    '60': `${ruleOf(reversal.kind ?? 'sale').type}${reversal.batch}${financialManagementCode}${capability(reversal.entryMode)}0`,
  }
  if (card !== null) {
    fields['2'] = card.pan.slice()
    fields['14'] = card.expiry.slice()
  }
  if (reversal.panSequence !== null) fields['23'] = reversal.panSequence
  if (reversal.emv !== '' && wanted.chipData) fields['55'] = reversal.emv
  if (wanted.originalData !== 'absent')
    fields['61'] = ownData(reversal, wanted.originalData === 'batchStanAndDate')
  else if (reversal.originalData !== undefined) fields['61'] = reversal.originalData
  return fields
}

/** DE 61. `0000` stands for the date: the request that failed has none from the host. */
function ownData({ batch, stan }: Reversal, withDate: boolean): string {
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
