/** From facts to paper and picture. Bytes, picture and text come from one document, so they cannot tell different stories. */

import receiptline from 'receiptline'
import type { PrinterProfile } from '#core/ports/printer.ts'
import type { Slip } from '#core/receipt/slip.ts'
import { layOutSlip } from './lay-out-slip.ts'
import { slipCommands } from './printer-commands.ts'
import type { SlipWords } from './slip-words.ts'

export type RenderedSlip = {
  /** ESC/POS in GB18030, two-byte characters only; no reset, status or cut command. The body of a `PrintJob`. */
  readonly escpos: Uint8Array
  /** For screens and archive: no script, no style, nothing from outside; white paper. */
  readonly svg: string
  /** For the technician: no sizes, no bar code. */
  readonly text: string
}

/** Font A of receipt printers is twelve dots wide. */
const DOTS_PER_CELL = 12
/** Blank paper around the slip in the picture, in dots. */
const PAPER_MARGIN = 24

/**
 * `profile`: columns of font A and dots of the printer in front of the cashier; too many columns for the dots are cut down.
 * Never throws for any text in the facts.
 */
export function renderSlip(
  slip: Slip,
  profile: Pick<PrinterProfile, 'columns' | 'dots' | 'images'>,
  words: SlipWords,
): RenderedSlip {
  const columns = Math.min(profile.columns, Math.floor(profile.dots / DOTS_PER_CELL))
  const document = layOutSlip(slip, columns, words)
  const common = { cpl: columns, encoding: 'gb18030', spacing: true, cutting: false } as const
  // In plain text every size is one cell: the stock set stretches large words by blanks.
  const plainText = { ...receiptline.commands.text, wh: () => '' }
  const bytes = receiptline.transform(document, {
    ...common,
    command: slipCommands(profile.images),
  })
  return {
    escpos: new Uint8Array(Buffer.from(bytes, 'latin1')),
    svg: onPaper(receiptline.transform(document, { ...common, command: 'svg' })),
    text: receiptline.transform(document, { ...common, command: plainText }),
  }
}

/** White paper with a margin, and always the same name for the filter: ReceiptLine draws a new one each time. */
function onPaper(svg: string): string {
  const [, width = '0', height = '0'] =
    /^<svg width="(\d+)px" height="(\d+(?:\.\d+)?)px"/.exec(svg) ?? []
  const wide = Number(width) + 2 * PAPER_MARGIN
  const high = Number(height) + 2 * PAPER_MARGIN
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="${-PAPER_MARGIN} ${-PAPER_MARGIN} ${wide} ${high}">`
  const paper = `<rect x="${-PAPER_MARGIN}" y="${-PAPER_MARGIN}" width="${wide}" height="${high}" fill="#fff"/>`
  return svg
    .replace(/^<svg[^>]*>/, head + paper)
    .replaceAll(/receipt-[0-9a-f-]{36}/g, 'slip-reversed')
}
