/** Requests without money: sign-on, echo, downloads. None carries a MAC. */
import type { BatchMessage } from '#core/batch/settlement.ts'
import type { FieldChoices, Fields, TerminalNumbers } from './fields.ts'

type ManagementChoices = TerminalNumbers & {
  readonly choices: Pick<FieldChoices, 'operatorField' | 'serialField'>
}

/** DE 60 of management: 60.1 type, 60.2 batch, 60.3 what is wanted; nothing behind. */
const TYPE_MANAGEMENT = '00'
const MANAGEMENT_SIGN_OFF = '002'
const MANAGEMENT_ECHO = '301'

/** 0800 with the terminal's serial number in 62 and the operator in 63, where the acquirer wants them. */
export function signOnFields(
  numbers: ManagementChoices,
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
    ...serialField(numbers, serial),
    ...operatorField(numbers, request.operator),
  }
}

function serialField({ choices }: ManagementChoices, serial: string): Fields {
  if (choices.serialField === 'absent') return {}
  const label = `Sequence No${String(serial.length).padStart(2, '0')}`
  const text = choices.serialField === 'labelled' ? `${label}${serial}` : serial
  return { '62': new TextEncoder().encode(text) }
}

function operatorField({ choices }: ManagementChoices, operator: string): Fields {
  if (choices.operatorField === 'absent') return {}
  const isPadded = choices.operatorField === 'padded'
  return { '63': isPadded ? operator.padEnd(3, ' ') : operator.padStart(3, '0') }
}

/** 0820 with 60.3 = 002: neither serial number nor operator. */
export function signOffFields(
  numbers: TerminalNumbers,
  request: { readonly stan: string; readonly batch: string },
): Fields {
  return {
    '11': request.stan,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '60': `${TYPE_MANAGEMENT}${request.batch}${MANAGEMENT_SIGN_OFF}`,
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

/** 0800 or 0820 of a download: no STAN, no MAC; DE 62 says which entry or how many are here. */
export function downloadFields(
  numbers: TerminalNumbers,
  request: {
    readonly batch: string
    readonly code: string
    readonly field62: Uint8Array | null
  },
): Fields {
  const fields: Fields = {
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '60': `${TYPE_MANAGEMENT}${request.batch}${request.code}`,
  }
  if (request.field62 !== null) fields['62'] = request.field62.slice()
  return fields
}

/** 0500 and 0320 (section 7): the currency and operator go with the totals only. */
export function batchFields(numbers: ManagementChoices, message: BatchMessage): Fields {
  const fields: Fields = {
    '11': message.stan,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '48': message.totals,
    '60': `${TYPE_MANAGEMENT}${message.batch}${message.management}`,
  }
  return message.mti === '0500'
    ? { ...fields, '49': numbers.currency, ...operatorField(numbers, message.operator) }
    : fields
}
