/** Text on a slip as lines that fit: a label with its value, words of our own, text of others. */
import { pairLine, wrapCells } from './cells.ts'
import { printable, withoutCardNumbers } from './clean-text.ts'
import { type SlipLine, type TextStyle, textLine } from './slip-line.ts'

/** Label left, value right; on two lines when they do not fit on one; nothing for an empty value. */
export function pair(
  label: string,
  value: string,
  columns: number,
  style: TextStyle = {},
): SlipLine[] {
  const [name, text] = [printable(label), printable(value)]
  if (text === '') return []
  const line = pairLine(name, text, columns)
  if (line !== null) return [textLine(line, style)]
  return [
    textLine(name, style),
    ...wrapCells(text, columns).map((part) => textLine(part, { ...style, align: 'right' })),
  ]
}

/** Words of our own: a line feed in them ends a line. */
export function wrapped(text: string, columns: number, style: TextStyle = {}): SlipLine[] {
  return text
    .split('\n')
    .flatMap((paragraph) => wrapCells(printable(paragraph), columns))
    .map((part) => textLine(part, style))
}

/** Text of others: printable, and no whole card number in it. */
export function foreign(text: string): string {
  return withoutCardNumbers(printable(text))
}
