/** What stands on a piece of paper, as a picture and as plain text. */

import type { Bitmap } from './instruction.ts'
import { CELL_HEIGHT, CELL_WIDTH, type Mark, type Row } from './paper.ts'

/** Dots of white at the sides and ends: the head does not reach the edge of the paper. */
const MARGIN = 32

/** SVG of `dots` plus margins, one unit per dot; `cut` draws a straight lower edge, a torn or growing paper a ragged one. */
export function drawPaper(rows: readonly Row[], dots: number, cut: boolean): string {
  const height = rows.reduce((sum, row) => sum + row.height, 0) + 2 * MARGIN
  const width = dots + 2 * MARGIN
  let y = MARGIN
  const drawn = rows.map((row) => {
    const base = y + row.height
    y = base
    return runs(row.marks)
      .map((mark) => drawMark(mark, base))
      .join('')
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<path d="${outline(width, height, cut)}" fill="#fdfcf7" stroke="#d8d4c8"/>` +
    `<g transform="translate(${MARGIN},0)" fill="#1c1b22" font-family="'Noto Sans Mono CJK SC','Noto Sans Mono','DejaVu Sans Mono',monospace">` +
    `${drawn.join('')}</g></svg>`
  )
}

/** One text line per row; columns are kept with spaces, pictures and symbols stand in brackets. */
export function paperText(rows: readonly Row[]): string {
  return rows
    .map((row) => rowText(row.marks).trimEnd())
    .join('\n')
    .trimEnd()
}

function rowText(marks: readonly Mark[]): string {
  let text = ''
  let end = 0
  for (const mark of [...marks].sort((a, b) => a.x - b.x)) {
    text += ' '.repeat(Math.max(0, Math.round((mark.x - end) / CELL_WIDTH)))
    text += markText(mark)
    end = mark.x + mark.width
  }
  return text
}

function markText(mark: Mark): string {
  if (mark.kind === 'text') return mark.text
  return mark.kind === 'image' ? `[image ${mark.width}x${mark.height}]` : `[${mark.says}]`
}

/** Neighbouring characters of one style become one piece of text; each word stands by itself, because SVG readers collapse blanks. */
function runs(marks: readonly Mark[]): Mark[] {
  const joined: Mark[] = []
  for (const mark of marks) {
    const last = joined.at(-1)
    if (
      last?.kind === 'text' &&
      mark.kind === 'text' &&
      last.text !== ' ' &&
      mark.text !== ' ' &&
      last.style === mark.style &&
      last.wide === mark.wide &&
      last.x + last.width === mark.x
    )
      joined[joined.length - 1] = {
        ...last,
        text: last.text + mark.text,
        width: last.width + mark.width,
      }
    else joined.push(mark)
  }
  return joined
}

function drawMark(mark: Mark, base: number): string {
  const top = base - mark.height
  if (mark.kind === 'image') return drawBitmap(mark.image, mark.x, top)
  if (mark.kind === 'symbol')
    return `<path transform="translate(${mark.x},${top})" d="${mark.drawing.path}"/>`
  const { style } = mark
  const box = style.reverse
    ? `<rect x="${mark.x}" y="${top}" width="${mark.width}" height="${mark.height}"/>`
    : ''
  const line =
    style.underline > 0
      ? `<rect x="${mark.x}" y="${base - style.underline}" width="${mark.width}" height="${style.underline}"/>`
      : ''
  if (mark.text.trim() === '') return box + line
  return (
    box +
    `<text transform="translate(${mark.x},${top}) scale(${style.width},${style.height})" y="${CELL_HEIGHT - 5}"` +
    ` font-size="${mark.wide ? 24 : 20}" textLength="${mark.width / style.width}" lengthAdjust="spacingAndGlyphs"` +
    `${style.bold ? ' font-weight="700"' : ''}${style.reverse ? ' fill="#fdfcf7"' : ''}>${xml(mark.text)}</text>${line}`
  )
}

/** Runs of black dots as rectangles of one path. */
function drawBitmap(image: Bitmap, x: number, y: number): string {
  const stride = Math.ceil(image.width / 8)
  let path = ''
  for (let row = 0; row < image.height; row++) {
    let start = -1
    for (let column = 0; column <= image.width; column++) {
      const byte = image.rows[row * stride + (column >> 3)] ?? 0
      const black = column < image.width && ((byte >> (7 - (column & 7))) & 1) === 1
      if (black && start < 0) start = column
      if (!black && start >= 0) {
        path += `M${start},${row}h${column - start}v1H${start}z`
        start = -1
      }
    }
  }
  return `<path transform="translate(${x},${y}) scale(${image.scaleX},${image.scaleY})" d="${path}"/>`
}

function outline(width: number, height: number, cut: boolean): string {
  if (cut) return `M0,0H${width}V${height}H0z`
  let edge = `M0,0H${width}V${height - 6}`
  for (let x = width; x > 0; x -= 8)
    edge += `L${Math.max(0, x - 4)},${height}L${Math.max(0, x - 8)},${height - 6}`
  return `${edge}z`
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
