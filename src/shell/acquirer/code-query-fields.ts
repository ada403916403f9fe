/**
 * The question after a code payment as fields. Acquirers have messages of their own for it (ask), so its numbers are
 * configuration; its shape is that of a void without the money: a STAN of its own, and the original by batch and STAN in DE 61.
 */

import type { Question } from '#core/code-query/code-query.ts'
import { toDe4 } from '#core/money.ts'
import { controlField, type Fields, type RequestSettings } from './fields.ts'

export type CodeQueryMessage = {
  readonly mti: '0200'
  /** DE 3. */
  readonly processingCode: string
  /** 60.1. */
  readonly type: string
  readonly replyTimeoutMs: number
}

const MODE_CODE_WITHOUT_PIN = '032'
const CONDITION_NORMAL = '00'

export function codeQueryFields(
  numbers: RequestSettings,
  { processingCode, type }: CodeQueryMessage,
  { batch, original, stan }: Question,
): Fields {
  const control = { type, batch, mode: MODE_CODE_WITHOUT_PIN }
  return {
    '3': processingCode,
    '4': toDe4(original.amountMinor),
    '11': stan,
    '22': MODE_CODE_WITHOUT_PIN,
    '25': CONDITION_NORMAL,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': controlField(numbers.choices, control),
    '61': `${original.batch}${original.stan}`,
  }
}
