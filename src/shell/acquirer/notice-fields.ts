/**
 * The 0620 as fields: what an issuer's scripts did on a chip. The card's number stays away: DE 61 names the
 * transaction, and so nothing has to be kept under seal for it.
 */
import { toDe4 } from '#core/money.ts'
import type { ScriptNotice } from '#core/notice/script-notice.ts'
import type { Fields, TerminalNumbers } from './fields.ts'

/** 60.1 and 60.3. */
const TYPE_NOTICE = '00'
const MANAGEMENT_SCRIPT = '951'

export function noticeFields(numbers: TerminalNumbers, notice: ScriptNotice): Fields {
  const fields: Fields = {
    '3': notice.processingCode,
    '4': toDe4(notice.amountMinor),
    '11': notice.stan,
    '22': notice.entryMode,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '55': notice.emv,
    '60': `${TYPE_NOTICE}${notice.batch}${MANAGEMENT_SCRIPT}`,
    '61': notice.originalData,
  }
  if (notice.panSequence !== null) fields['23'] = notice.panSequence
  return fields
}
