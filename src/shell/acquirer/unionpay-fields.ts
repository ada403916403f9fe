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

/** DE 60 parts (section 2): 60.1 type, 60.2 batch, 60.3 management code, 60.4 capability, 60.5 condition. */
const TYPE_SALE = '22'
const TYPE_MANAGEMENT = '00'
const MANAGEMENT_NONE = '000'
const MANAGEMENT_ECHO = '301'
/** DE 26 as most terminals send it; some acquirers want 06. */
const MAXIMUM_PIN_LENGTH = '12'
/** DE 53: a PIN block with PAN under a double-length key; no PIN but a track. */
const SECURITY_WITH_PIN = '2600000000000000'
const SECURITY_WITHOUT_PIN = '0600000000000000'

export function saleFields(numbers: TerminalNumbers, attempt: Attempt, held: Held): Fields {
  const fields: Fields = {
    '3': '000000',
    '4': toDe4(attempt.amountMinor),
    '11': attempt.stan,
    '22': entryMode(attempt),
    '25': '00',
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': `${TYPE_SALE}${attempt.batch}${MANAGEMENT_NONE}${capability(entryMode(attempt))}0`,
  }
  return held.kind === 'code'
    ? { ...fields, ...codeFields(held) }
    : { ...fields, ...cardFields(attempt, held) }
}

function cardFields(attempt: Attempt, { card, pinBlock }: Extract<Held, { kind: 'card' }>): Fields {
  const fields: Fields = { '2': card.pan.use((digits) => digits.slice()), '14': card.expiry }
  if (card.track2 !== null) fields['35'] = card.track2.use((track) => track.slice())
  if (card.panSequence !== null) fields['23'] = card.panSequence
  if (card.emv !== '') fields['55'] = card.emv
  if (attempt.withPin && pinBlock !== null) {
    fields['26'] = MAXIMUM_PIN_LENGTH
    fields['52'] = pinBlock.use((block) => block.slice())
    fields['53'] = SECURITY_WITH_PIN
  } else if (card.track2 !== null) fields['53'] = SECURITY_WITHOUT_PIN
  return fields
}

/** DE 59 of a payment code: `A3`, three digits of length, the code. */
function codeFields({ code }: Extract<Held, { kind: 'code' }>): Fields {
  const head = new TextEncoder().encode(`A3${String(code.length).padStart(3, '0')}`)
  const value = new Uint8Array(head.length + code.length)
  value.set(head)
  code.use((digits) => value.set(digits, head.length))
  return { '59': value }
}

/** The 0400 repeats what the request said, with its own STAN; never 26, 35, 37 or 52 (section 6). */
export function reversalFields(
  numbers: TerminalNumbers,
  reversal: Reversal,
  card: { readonly pan: Uint8Array; readonly expiry: Uint8Array } | null,
): Fields {
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
    '60': `${TYPE_SALE}${reversal.batch}${MANAGEMENT_NONE}${capability(reversal.entryMode)}0`,
  }
  if (card !== null) {
    fields['2'] = card.pan.slice()
    fields['14'] = card.expiry.slice()
  }
  if (reversal.panSequence !== null) fields['23'] = reversal.panSequence
  if (reversal.emv !== '') fields['55'] = reversal.emv
  return fields
}

/** 0800 with the terminal's serial number in 62 and the operator in 63. */
export function signOnFields(
  numbers: TerminalNumbers,
  request: {
    readonly stan: string
    readonly batch: string
    readonly code: string
    readonly operator: string
  },
  serial: string,
): Fields {
  return {
    '11': request.stan,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '60': `${TYPE_MANAGEMENT}${request.batch}${request.code}`,
    '62': new TextEncoder().encode(`Sequence No${String(serial.length).padStart(2, '0')}${serial}`),
    '63': request.operator.padEnd(3, ' '),
  }
}

/** 0820 echo: no STAN, no MAC. */
export function echoFields(numbers: TerminalNumbers, batch: string): Fields {
  return {
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '60': `${TYPE_MANAGEMENT}${batch}${MANAGEMENT_ECHO}`,
  }
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
