/** The sheet of something that cannot be mended now: what acquirer, owner or police ask for, and that it is no receipt. */
import { formatMinor } from '#core/money.ts'
import type { Slip, SlipIncident } from '#core/receipt/slip.ts'
import { printable } from './clean-text.ts'
import { BLANK, largestSize, RULE, type SlipLine, textLine } from './slip-line.ts'
import { foreign, pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

/** Room for what the customer's bill says, and for names. */
const NOTE_LINES = 3

export function incidentLines(
  { facts, job }: Slip,
  { channel, due, kind, last4 }: SlipIncident,
  columns: number,
  words: SlipWords,
): readonly SlipLine[] {
  const { incident, labels } = words
  const { original } = facts
  const sign = words.currencies[facts.currency] ?? facts.currency
  const amount = printable(`${sign} ${formatMinor(facts.amountMinor)}`)
  return [
    ...wrapped(incident.kinds[kind], columns, { bold: true }),
    ...pair(labels.dateTime, facts.dateTime, columns),
    ...pair(incident.due, due, columns),
    ...pair(labels.originalTrace, original?.trace ?? '', columns),
    ...pair(labels.originalReference, foreign(original?.reference ?? ''), columns),
    ...pair(labels.originalAuthCode, foreign(original?.authCode ?? ''), columns),
    ...pair(labels.originalDate, original?.date ?? '', columns),
    ...pair(labels.channel, words.channels[channel] ?? channel, columns),
    ...pair(incident.last4, last4, columns),
    RULE,
    textLine(labels.amount),
    textLine(amount, { align: 'right', bold: true, size: largestSize(amount, columns) }),
    RULE,
    ...wrapped(incident.advice[kind], columns),
    ...wrapped(incident.notes, columns),
    ...Array.from({ length: NOTE_LINES }, () => BLANK),
    RULE,
    ...wrapped(incident.noReceipt, columns, { bold: true }),
    ...pair(labels.hotline, facts.hotline, columns),
    ...pair(labels.job, job, columns),
  ]
}
