/** What was paid, what it is made of, what is still due, and what chip and host remark. */
import { formatMinor, minor } from '#core/money.ts'
import type { SlipFacts, SlipType } from '#core/receipt/slip.ts'
import { signedText } from '#core/till/wish.ts'
import { packCells, wrapCells } from './cells.ts'
import { printable } from './clean-text.ts'
import { largestSize, RULE, type SlipLine, textLine } from './slip-line.ts'
import { foreign, pair } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

/** Chip facts in hex: their digits are no card number, whatever their check digit says. */
const HEX_FACTS = ['AID', 'TC', 'ARQC', 'AAC', 'TVR', 'TSI', 'ATC', 'CSN']

/** Types that put money aside for the shop: no minus. */
const TAKES_MONEY: readonly SlipType[] = ['sale', 'preAuth', 'completion']

/** A host may send more; a slip is not a roll. */
const MOST_REMARKS = 8

/** What the till says the amount is made of. */
export function billLines({ till }: SlipFacts, columns: number): SlipLine[] {
  if (till === undefined || till.lines.length === 0) return []
  return [
    RULE,
    ...till.lines.flatMap(({ name, quantity, amountMinor }) =>
      pair(
        quantity === 1 ? foreign(name) : `${foreign(name)} x${quantity}`,
        signedText(amountMinor),
        columns,
      ),
    ),
  ]
}

/** Alone between two rules, in the largest size that keeps it on one line: a wrapped amount reads as another amount. */
export function amountLines(facts: SlipFacts, columns: number, words: SlipWords): SlipLine[] {
  const sign = words.currencies[facts.currency] ?? facts.currency
  const minus = TAKES_MONEY.includes(facts.type) ? '' : '-'
  const text = printable(`${sign} ${minus}${formatMinor(facts.amountMinor)}`)
  const size = largestSize(text, columns)
  return [
    RULE,
    textLine(words.labels.amount),
    textLine(text, { align: 'right', bold: true, size }),
    ...restLines(facts, columns, words),
    RULE,
  ]
}

/** What was due and what is still due, where less was paid. */
function restLines(
  { dueMinor, amountMinor }: SlipFacts,
  columns: number,
  { labels }: SlipWords,
): SlipLine[] {
  if (dueMinor === undefined) return []
  return [
    ...pair(labels.due, formatMinor(dueMinor), columns),
    ...pair(labels.rest, formatMinor(minor(dueMinor - amountMinor)), columns, { bold: true }),
  ]
}

export function remarkLines(facts: SlipFacts, columns: number, { labels }: SlipWords): SlipLine[] {
  const chip = facts.chip.map(
    ({ name, value }) =>
      `${printable(name)}: ${HEX_FACTS.includes(name) ? printable(value) : foreign(value)}`,
  )
  const notes = facts.remarks
    .slice(0, MOST_REMARKS)
    .flatMap((note) => wrapCells(foreign(note.replaceAll(/ {2,}/g, ' ')), columns))
  if (chip.length + notes.length === 0) return []
  return [
    textLine(labels.remarks),
    ...[...packCells(chip, columns), ...notes].map((text) => textLine(text)),
    RULE,
  ]
}
