/**
 * The question after a code payment as fields. Acquirers have messages of their own for it (ask), so its numbers are
 * configuration; its shape is that of a void without the money: a STAN of its own, and the original by batch and STAN in DE 61.
 */

import type { Question } from '#core/code-query/code-query.ts'
import { toDe4 } from '#core/money.ts'
import { MODE_OF_CODES } from '#core/transaction/attempt.ts'
import { controlField, type Fields, type RequestSettings, wiredMode } from './fields.ts'

export type CodeQueryMessage = {
  readonly mti: '0200'
  /** DE 3. */
  readonly processingCode: string
  /** 60.1. */
  readonly type: string
  readonly replyTimeoutMs: number
}

export function codeQueryFields(
  numbers: RequestSettings,
  { processingCode, type }: CodeQueryMessage,
  { batch, original, stan }: Question,
): Fields {
  const { choices } = numbers
  const control = { type, batch, mode: MODE_OF_CODES }
  return {
    '3': processingCode,
    '4': toDe4(original.amountMinor),
    '11': stan,
    '22': wiredMode(choices, MODE_OF_CODES),
    '25': choices.paymentCode.conditionCode,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': controlField(choices, control),
    '61': `${original.batch}${original.stan}`,
  }
}
