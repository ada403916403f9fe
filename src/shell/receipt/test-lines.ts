/** The test of a printer: what every payment prints from now on, a line of every sign that slips use, and that it is no receipt. */
import type { Slip, SlipFacts } from '#core/receipt/slip.ts'
import { RULE, type SlipLine } from './slip-line.ts'
import { foreign, pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

export function testLines(
  { facts, job }: Slip,
  { copies, printer }: NonNullable<SlipFacts['test']>,
  columns: number,
  words: SlipWords,
): readonly SlipLine[] {
  const { labels, test } = words
  return [
    ...pair(test.printer, foreign(printer), columns),
    ...pair(labels.dateTime, facts.dateTime, columns),
    RULE,
    ...wrapped(test.everyPayment, columns),
    ...copies.flatMap((copy, index) => wrapped(`${index + 1}. ${words.copies[copy]}`, columns)),
    RULE,
    ...wrapped(test.signs, columns),
    ...wrapped(test.noReceipt, columns, { bold: true }),
    ...pair(labels.hotline, facts.hotline, columns),
    ...pair(labels.job, job, columns),
  ]
}
