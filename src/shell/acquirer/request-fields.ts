/** The requests of a UnionPay terminal as fields. Card data goes in as bytes, never as text. */
import { toDe4 } from '#core/money.ts'
import { type Attempt, entryMode, isFallback, kindOf } from '#core/transaction/attempt.ts'
import { type KindRule, ruleOf } from '#core/transaction/kinds.ts'
import { originalData } from '#core/transaction/original-data.ts'
import type { Held } from '../custody/custody.ts'
import {
  codePaymentFields,
  controlField,
  type FieldChoices,
  type Fields,
  type RequestSettings,
  type SealedCard,
  securityControl,
  wiredMode,
} from './fields.ts'

/** Any request of `kinds.ts`; `held` null when the original is named by its reference alone. */
export function requestFields(
  numbers: RequestSettings,
  attempt: Attempt,
  held: Held | null,
): Fields {
  const { choices } = numbers
  const rule = ruleOf(kindOf(attempt.order))
  const mode = entryMode(attempt)
  const fields: Fields = {
    '3': rule.processingCode,
    '11': attempt.stan,
    '22': wiredMode(choices, mode),
    '25': rule.conditionCode,
    '41': numbers.terminalNumber,
    '42': numbers.merchantNumber,
    '49': numbers.currency,
    '60': controlField(choices, {
      type: rule.type,
      batch: attempt.batch,
      mode,
      isFallback: isFallback(attempt),
    }),
    ...originalFields(rule, attempt, choices),
    ...codePaymentFields(choices, { isSale: kindOf(attempt.order) === 'sale', mode }),
  }
  if (rule.hasAmount) fields['4'] = toDe4(attempt.amountMinor)
  if (held === null) return fields
  return held.kind === 'code'
    ? { ...fields, ...codeFields(held, choices) }
    : { ...fields, ...cardFields(attempt, held, numbers) }
}

/** The same request once more, byte for byte where no card is needed but its number. */
export function repeatFields(
  numbers: RequestSettings,
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
function originalFields(
  rule: KindRule,
  attempt: Attempt,
  { cardOrganization }: FieldChoices,
): Fields {
  const { original } = attempt.order
  if (original === undefined) return {}
  const fields: Fields = {}
  if (rule.quotes.includes('37')) fields['37'] = original.reference.padStart(12, '0')
  if (rule.quotes.includes('38') && original.authCode !== '') fields['38'] = original.authCode
  const data = originalData(rule, original)
  if (data !== '') fields['61'] = data
  if (kindOf(attempt.order) === 'refund') fields['63'] = cardOrganization
  return fields
}

function cardFields(
  attempt: Attempt,
  { card, pinBlock, pinKsn }: Extract<Held, { kind: 'card' }>,
  { choices, pinKsnField = null }: RequestSettings,
): Fields {
  const rule = ruleOf(kindOf(attempt.order))
  const fields: Fields = { '2': card.pan.use((digits) => digits.slice()), '14': card.expiry }
  if (card.panSequence !== null) fields['23'] = card.panSequence
  const track = rule.card === 'number' ? null : card.track2
  if (track !== null) fields['35'] = track.use((bytes) => bytes.slice())
  if (rule.card === 'chip' && card.emv !== '') fields['55'] = card.emv
  if (attempt.withPin && pinBlock !== null) {
    fields['26'] = choices.maximumPinLength
    fields['52'] = pinBlock.use((block) => block.slice())
    fields['53'] = securityControl(choices, { withPin: true })
    if (pinKsnField !== null) fields[pinKsnField] = pinKsn
  } else if (track !== null) fields['53'] = securityControl(choices, { withPin: false })
  return fields
}

/** The field of a payment code: by default DE 59 with `A3`, three digits of length, the code. */
function codeFields(
  { code }: Extract<Held, { kind: 'code' }>,
  { paymentCode }: FieldChoices,
): Fields {
  const tagged = `${paymentCode.tag}${String(code.length).padStart(3, '0')}`
  const head = new TextEncoder().encode(paymentCode.layout === 'tagged' ? tagged : '')
  const value = new Uint8Array(head.length + code.length)
  value.set(head)
  code.use((digits) => value.set(digits, head.length))
  return { [paymentCode.field]: value }
}
