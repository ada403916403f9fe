/** The head of every paper: whose shop, which terminal, who served. */
import type { SlipFacts } from '#core/receipt/slip.ts'
import { wrapCells } from './cells.ts'
import { RULE, type SlipLine, textLine } from './slip-line.ts'
import { foreign, pair } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

export function merchantLines(
  facts: SlipFacts,
  columns: number,
  { labels, locale }: SlipWords,
): SlipLine[] {
  return [
    ...nameLines(foreign(facts.merchantName[locale]), columns),
    RULE,
    ...pair(labels.merchantNumber, facts.merchantNumber, columns),
    ...pair(labels.terminalNumber, facts.terminalNumber, columns),
    ...pair(labels.operator, facts.operator, columns),
    RULE,
  ]
}

/** As large as two lines allow. */
function nameLines(name: string, columns: number): SlipLine[] {
  const style = { align: 'center', bold: true } as const
  const large = wrapCells(name, Math.floor(columns / 2))
  if (large.length <= 2) return large.map((part) => textLine(part, { ...style, size: 'double' }))
  const tall = wrapCells(name, columns)
  const size = tall.length === 1 ? 'tall' : 'normal'
  return tall.map((part) => textLine(part, { ...style, size }))
}
