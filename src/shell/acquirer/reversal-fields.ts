/** The 0400 as fields. Terminals in the field do not agree on it (unionpay-8583 section 6), so its differing parts are configuration. */
import { toDe4 } from '#core/money.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import { capability, type Fields, type RequestSettings, type SealedCard } from './fields.ts'

/**
 * The 0400 repeats what the request said, with its own STAN; never 26, 37 or 52 (section 6), and never 35, which one acquirer in three would
 * take: a track must not be kept after the request has left.
 */
export function reversalFields(
  numbers: RequestSettings,
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
  const { authCode = '' } = reversal
  if (authCode !== '' && wanted.authCode) fields['38'] = authCode
  if (wanted.originalData !== 'absent')
    fields['61'] = ownData(reversal, wanted.originalData === 'batchStanAndDate')
  else if (reversal.originalData !== undefined) fields['61'] = reversal.originalData
  return fields
}

/** DE 61. `0000` stands for the date: the request that failed has none from the host. */
function ownData({ batch, stan }: Reversal, withDate: boolean): string {
  return `${batch}${stan}${withDate ? '0000' : ''}`
}
