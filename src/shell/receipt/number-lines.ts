/** Which transaction this is: account, type, the numbers by which shop, host and till find it, and the payment that it is about. */
import type { SlipEntry, SlipFacts } from '#core/receipt/slip.ts'
import { maskedAccount, printable } from './clean-text.ts'
import type { SlipLine } from './slip-line.ts'
import { foreign, pair } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

/** Behind the account number: swipe, insert, contactless, manual, none (a code). */
const ENTRY_LETTER: Readonly<Record<SlipEntry, string>> = {
  swipe: 'S',
  insert: 'I',
  contactless: 'C',
  manual: 'M',
  code: 'N',
}

export function accountLines(facts: SlipFacts, columns: number, words: SlipWords): SlipLine[] {
  const { labels } = words
  const byCode = facts.entry === 'code'
  const account = `${maskedAccount(printable(facts.account))} ${ENTRY_LETTER[facts.entry]}`
  return [
    ...pair(labels.issuer, facts.issuer, columns),
    ...pair(labels.acquirer, foreign(facts.acquirerName), columns),
    ...(byCode
      ? pair(labels.channel, words.channels[facts.channel] ?? facts.channel, columns)
      : []),
    ...(byCode ? [] : pair(labels.scheme, foreign(facts.scheme), columns)),
    ...pair(byCode ? labels.paymentCode : labels.card, account, columns, { bold: true }),
    ...pair(labels.type, words.types[facts.type], columns, { bold: true }),
  ]
}

export function numberLines(facts: SlipFacts, columns: number, { labels }: SlipWords): SlipLine[] {
  return [
    ...pair(labels.batch, facts.batch, columns),
    ...pair(labels.trace, facts.trace, columns),
    ...pair(labels.authCode, foreign(facts.authCode), columns),
    ...pair(labels.reference, foreign(facts.reference), columns),
    ...pair(labels.dateTime, facts.dateTime, columns),
    ...originalLines(facts, columns, labels),
    ...followLines(facts, columns, labels),
    ...pair(labels.tillOrder, foreign(facts.till?.reference ?? ''), columns),
  ]
}

/** What a void, refund or completion is about. */
function originalLines(
  { original }: SlipFacts,
  columns: number,
  labels: SlipWords['labels'],
): SlipLine[] {
  if (original === undefined) return []
  return [
    ...pair(labels.originalTrace, original.trace, columns),
    ...pair(labels.originalReference, foreign(original.reference), columns),
    ...pair(labels.originalAuthCode, foreign(original.authCode), columns),
    ...pair(labels.originalDate, original.date, columns),
  ]
}

/** Which payment this one completes or replaces. */
function followLines(
  { follows }: SlipFacts,
  columns: number,
  labels: SlipWords['labels'],
): SlipLine[] {
  return follows === undefined ? [] : pair(labels.follows[follows.why], follows.trace, columns)
}
