/** The paper of a code payment that came to nothing: what was asked for, that nothing was received, and what the phone may show. */
import { formatMinor } from '#core/money.ts'
import type { Slip } from '#core/receipt/slip.ts'
import { printable } from './clean-text.ts'
import { largestSize, RULE, type SlipLine, textLine } from './slip-line.ts'
import { pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

export function notPaidLines(
  { facts, job }: Slip,
  { last4 }: { readonly last4: string },
  columns: number,
  words: SlipWords,
): readonly SlipLine[] {
  const { labels, notPaid } = words
  const sign = words.currencies[facts.currency] ?? facts.currency
  const amount = printable(`${sign} ${formatMinor(facts.amountMinor)}`)
  return [
    ...pair(labels.channel, words.channels[facts.channel] ?? facts.channel, columns),
    ...pair(words.incident.last4, last4, columns),
    ...pair(labels.batch, facts.batch, columns),
    ...pair(labels.trace, facts.trace, columns),
    ...pair(labels.dateTime, facts.dateTime, columns),
    RULE,
    textLine(notPaid.asked),
    textLine(amount, { align: 'right', bold: true, size: largestSize(amount, columns) }),
    RULE,
    ...wrapped(notPaid.nothing, columns, { bold: true }),
    ...wrapped(notPaid.phone, columns),
    ...pair(labels.hotline, facts.hotline, columns),
    ...pair(labels.job, job, columns),
  ]
}
