/** The 0400 as fields. Terminals in the field do not agree on it, so its differing parts are configuration. */
import { toDe4 } from '#core/money.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import { isVoid, ruleOf } from '#core/transaction/kinds.ts'
import {
  codePaymentFields,
  controlField,
  type Fields,
  type RequestSettings,
  type SealedCard,
  securityControl,
  wiredMode,
} from './fields.ts'

/**
 * The 0400 repeats what the request said, with its own STAN; never 26, 37 or 52 (section 6), and never 35, which one acquirer in three would
 * take: a track must not be kept after the request has left.
 */
export function reversalFields(
  numbers: RequestSettings,
  reversal: Reversal,
  card: SealedCard | null,
): Fields {
  const { choices } = numbers
  const { reversal: wanted } = choices
  const { type } = ruleOf(reversal.kind ?? 'sale')
  const fields: Fields = {
    '3': reversal.processingCode,
    '4': toDe4(reversal.amountMinor),
    '11': reversal.stan,
    '22': wiredMode(choices, reversal.entryMode),
    '25': reversal.conditionCode,
    '39': wanted.reasons[reversal.reason],
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': controlField(choices, {
      type,
      batch: reversal.batch,
      mode: reversal.entryMode,
      isFallback: reversal.isFallback === true,
    }),
    ...codePaymentFields(choices, {
      isSale: (reversal.kind ?? 'sale') === 'sale',
      mode: reversal.entryMode,
    }),
  }
  if (card !== null) {
    fields['2'] = card.pan.slice()
    fields['14'] = card.expiry.slice()
  }
  if (reversal.panSequence !== null) fields['23'] = reversal.panSequence
  if (reversal.emv !== '' && wanted.chipData) fields['55'] = reversal.emv
  const { authCode = '' } = reversal
  if (authCode !== '' && wanted.authCode) fields['38'] = authCode
  if (wanted.securityControl && isFollowUpOrHold(reversal))
    fields['53'] = securityControl(choices, { withPin: false })
  const data = originalData(reversal, wanted)
  return data === '' ? fields : { ...fields, '61': data }
}

function isFollowUpOrHold({ kind = 'sale' }: Reversal): boolean {
  return isVoid(kind) || kind === 'preAuth'
}

/** DE 61; empty for none. `0000` stands for the date: the request that failed has none from the host. */
function originalData(
  { batch, originalData: sent, stan }: Reversal,
  wanted: RequestSettings['choices']['reversal'],
): string {
  const form = sent === undefined ? wanted.originalData : wanted.followUpData
  switch (form) {
    case 'absent':
      return ''
    case 'asSent':
      return sent ?? ''
    case 'batchAndStan':
      return `${batch}${stan}`
    case 'batchStanAndDate':
      return `${batch}${stan}0000`
  }
}
