/**
 * ReceiptLine's ESC/POS command sets without reset, status and cut commands: the printer driver adds these, because only it
 * knows which answers it waits for. Rules are drawn with the box character of the Chinese font, which every such printer has.
 */
import receiptline, { type BaseCommand, type Printer } from 'receiptline'

/** ESC @ (reset) and GS a 0 (status reports off) open every job of ReceiptLine. */
const RESET_AND_STATUS = '\x1b@\x1da\x00'
const BOX_LINE = '─'

/** `images`: the picture command the printer knows, see `PrinterProfile`. A new set for each slip: it holds state. */
export function slipCommands(images: 'generic' | 'escpos'): BaseCommand {
  const base = images === 'escpos' ? receiptline.commands.escpos : receiptline.commands.generic
  return {
    ...base,
    open(printer: Printer): string {
      const opening = base.open.call(this, printer)
      return opening.startsWith(RESET_AND_STATUS) ? opening.slice(RESET_AND_STATUS.length) : opening
    },
    close: () => '',
    cut: () => '',
    // A slip inserts no raw commands, whatever its text says.
    command: () => '',
    hr(width: number): string {
      return this.text(BOX_LINE.repeat(Math.floor(width / 2)), 'gb18030')
    },
  }
}
