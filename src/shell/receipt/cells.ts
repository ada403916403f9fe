/** Printer cells: one for ASCII, two for everything else, as font A and the Chinese font of receipt printers have it. */

export function cellsOf(text: string): number {
  let cells = 0
  for (const character of text) cells += character <= '\u007f' ? 1 : 2
  return cells
}

/**
 * Breaks `text` into lines of at most `columns` cells: Latin words stay whole where they fit, Chinese breaks anywhere but
 * before a mark that closes. Never returns an empty list; no character is lost but the blanks at which a line breaks.
 */
export function wrapCells(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text, columns)) {
    if (cellsOf(line) + cellsOf(piece.trimEnd()) > columns && line !== '') {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  return [...lines, line.trimEnd()]
}

/** `label` left and `value` right on one line of `columns` cells; null when they do not fit with a blank between. */
export function pairLine(label: string, value: string, columns: number): string | null {
  const gap = columns - cellsOf(label) - cellsOf(value)
  return gap < 1 ? null : label + ' '.repeat(gap) + value
}

/** Puts short texts on as few lines as fit, two blanks between. */
export function packCells(texts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = []
  for (const text of texts) {
    const last = lines.at(-1)
    if (last !== undefined && cellsOf(last) + 2 + cellsOf(text) <= columns)
      lines[lines.length - 1] = `${last}  ${text}`
    else lines.push(...wrapCells(text, columns))
  }
  return lines
}

/** None of these begins a line (GB/T 15834, 5.1.9). */
const CLOSING = '，。、；：？！）》”’'
const PIECE = new RegExp(`(?:[!-~]+|[^!-~])[${CLOSING}]* *`, 'gu')

/** Latin words with the blanks behind them, other characters each with the marks that close them, and overlong words in parts. */
function pieces(text: string, columns: number): string[] {
  const parts = new RegExp(`[ -~]{1,${columns}}|[^ -~]`, 'gu')
  return (text.match(PIECE) ?? []).flatMap((word) =>
    cellsOf(word) > columns ? (word.match(parts) ?? []) : [word],
  )
}
