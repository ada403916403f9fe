/** The slip of a closed batch: sums by kind, the net sum, the host's verdict, and where it differs, why. */
import { formatMinor, minor } from '#core/money.ts'
import type { Slip, SlipTotals } from '#core/receipt/slip.ts'
import { signedText } from '#core/till/wish.ts'
import { printable } from './clean-text.ts'
import { largestSize, RULE, type SlipLine, textLine } from './slip-line.ts'
import { pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

export function settlementLines(
  slip: Slip,
  totals: SlipTotals,
  columns: number,
  words: SlipWords,
): readonly SlipLine[] {
  const { facts } = slip
  const own = words.settlement
  const sign = words.currencies[facts.currency] ?? facts.currency
  const net = `${sign} ${totals.isNegative ? '-' : ''}${formatMinor(facts.amountMinor)}`
  const verdict = totals.verdict === 'balanced' ? own.balanced : own.different
  return [
    ...pair(words.labels.batch, facts.batch, columns),
    ...pair(words.labels.dateTime, facts.dateTime, columns),
    RULE,
    ...totals.rows.flatMap(({ type, count, amountMinor }) =>
      pair(`${words.types[type]} x${count}`, formatMinor(amountMinor), columns),
    ),
    RULE,
    textLine(own.net),
    textLine(printable(net), { align: 'right', bold: true, size: largestSize(net, columns) }),
    ...earlierLines(totals, columns, words),
    ...shopLines(totals, columns, words),
    ...exceptionLines(totals, columns, words),
    RULE,
    ...wrapped(verdict, columns, { bold: true }),
    ...differenceLines(totals, columns, words),
    ...totals.lines.flatMap(({ type, trace, amountMinor }) =>
      pair(`${trace} ${words.types[type]}`, formatMinor(amountMinor), columns),
    ),
    RULE,
    ...pair(words.labels.job, slip.job, columns),
  ]
}

/** What the net sum holds of batches that the host had ended before this one. */
function earlierLines(
  { earlier = [] }: SlipTotals,
  columns: number,
  { labels, settlement: own }: SlipWords,
): SlipLine[] {
  if (earlier.length === 0) return []
  return [
    ...wrapped(own.ofWhich, columns),
    ...earlier.flatMap(({ batch, count, netMinor }) =>
      pair(`${labels.batch} ${batch} x${count}`, signedText(netMinor), columns),
    ),
  ]
}

/** What the list of the day holds, so that whoever files the slip knows that there is something to read. */
function exceptionLines(
  { exceptions }: SlipTotals,
  columns: number,
  { settlement: own }: SlipWords,
): SlipLine[] {
  if (exceptions === undefined) return []
  return [
    RULE,
    ...wrapped(exceptions.length === 0 ? own.noExceptions : own.exceptions, columns),
    ...exceptions.flatMap(({ count, group }) => pair(own.groups[group], String(count), columns)),
  ]
}

/** What the shop has counted for itself, and by how much the terminal holds more. */
function shopLines(
  { shop }: SlipTotals,
  columns: number,
  { settlement: own }: SlipWords,
): SlipLine[] {
  if (shop === undefined) return []
  const { differenceMinor, operator, totalMinor } = shop
  return [
    ...pair(own.shopTotal, signedText(totalMinor), columns),
    ...(differenceMinor === 0
      ? wrapped(own.shopSame, columns)
      : pair(own.shopDiffers, signedText(differenceMinor), columns, { bold: true })),
    ...pair(own.shopKeyedBy, operator, columns),
  ]
}

/** Figure by figure, ours beside the host's; a host that names none of its own is said to be silent. */
function differenceLines(
  { verdict, differences }: SlipTotals,
  columns: number,
  { settlement: own }: SlipWords,
): SlipLine[] {
  if (verdict === 'balanced') return []
  if (differences.length === 0) return wrapped(own.hostSilent, columns)
  return differences.flatMap(({ what, side, ours, hosts }) => {
    const shown = (value: number): string =>
      what.endsWith('Amount') ? formatMinor(minor(value)) : String(value)
    return [
      ...wrapped(`${own[side]} ${own[what]}`, columns),
      ...pair(own.ours, shown(ours), columns),
      ...pair(own.hosts, shown(hosts), columns),
    ]
  })
}
