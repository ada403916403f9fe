/**
 * The simulator reads what three unrelated encoders write: the same slip by each comes out with the same words. None of them shares
 * code with the simulator, and each has its own taste in commands.
 */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import thermal from 'node-thermal-printer'
import receiptline from 'receiptline'
import { expect, test } from 'vitest'
import { createFeed } from './feed.ts'

const LINK = 'https://suretill.example/r/000123'
const EAN = '2012345678903'

/** What is on the paper: words without the spaces that line them up; a rule as three dashes; symbols apart. */
type Read = {
  readonly words: string
  readonly symbols: readonly string[]
  readonly cut: boolean
  readonly complaints: readonly string[]
}

function read(bytes: Uint8Array): Read {
  const feed = createFeed({ dots: 384, linesPerSecond: null, send() {}, changed() {} })
  feed.receive(bytes)
  const papers = feed.papers()
  const lines = papers
    .flatMap(({ text }) => text.split('\n'))
    .map((line) =>
      line
        .trim()
        .replace(/\s+/g, ' ')
        .replace(/^[-─━]{8,}$/, '---'),
    )
    .filter((line) => line !== '')
  return {
    words: lines.filter((line) => !line.startsWith('[')).join('\n'),
    symbols: lines.filter((line) => line.startsWith('[')),
    // Some encoders feed a blank line behind the cut.
    cut: papers[0]?.cut === true && papers.slice(1).every(({ text }) => text.trim() === ''),
    complaints: feed.state().complaints,
  }
}

const WORDS = `SURETILL DEMO SHOP
MERCHANT 898100012345678
CARD 622202******0012
---
SALE
TOTAL CNY 1,234.50
Signature not required`

function byReceiptline(): Uint8Array {
  const document = `^^SURETILL DEMO SHOP

{width:auto}
|MERCHANT 898100012345678
|CARD 622202******0012
---
"SALE"
^^TOTAL CNY 1,234.50
|_Signature not required_
{code:${LINK};option:qrcode,4,L}
{code:${EAN};option:ean,2,72,hri}
=
`
  const options = { cpl: 32, encoding: 'cp437', command: 'generic' } as const
  return Buffer.from(receiptline.transform(document, options), 'latin1')
}

function byPointOfSale(): Uint8Array {
  return new ReceiptPrinterEncoder({ language: 'esc-pos', columns: 32 })
    .initialize()
    .align('center')
    .height(2)
    .line('SURETILL DEMO SHOP')
    .height(1)
    .align('left')
    .table(
      [
        { width: 12, align: 'left' },
        { width: 20, align: 'right' },
      ],
      [
        ['MERCHANT', '898100012345678'],
        ['CARD', '622202******0012'],
      ],
    )
    .rule()
    .bold(true)
    .line('SALE')
    .bold(false)
    .invert(true)
    .line('TOTAL CNY 1,234.50')
    .invert(false)
    .underline(true)
    .line('Signature not required')
    .underline(false)
    .qrcode(LINK)
    .barcode(EAN, 'ean13', { height: 72, text: true })
    .cut('partial')
    .encode()
}

function byThermalPrinter(): Uint8Array {
  const printer = new thermal.ThermalPrinter({
    type: thermal.PrinterTypes.EPSON,
    interface: '/dev/null',
    width: 32,
  })
  printer.alignCenter()
  printer.setTextDoubleHeight()
  printer.println('SURETILL DEMO SHOP')
  printer.setTextNormal()
  printer.alignLeft()
  printer.leftRight('MERCHANT', '898100012345678')
  printer.leftRight('CARD', '622202******0012')
  printer.drawLine()
  printer.bold(true)
  printer.println('SALE')
  printer.bold(false)
  printer.setTextSize(0, 1)
  printer.println('TOTAL CNY 1,234.50')
  printer.setTextSize(0, 0)
  printer.underline(true)
  printer.println('Signature not required')
  printer.underline(false)
  printer.printQR(LINK, { cellSize: 4, correction: 'L', model: 2 })
  printer.printBarcode(EAN, 67, { hriPos: 2, height: 72, width: 2, hriFont: 0 })
  printer.cut()
  return printer.getBuffer()
}

const ENCODERS = [
  ['receiptline', byReceiptline],
  ['receipt-printer-encoder', byPointOfSale],
  ['node-thermal-printer', byThermalPrinter],
] as const

for (const [name, encode] of ENCODERS)
  test(`the slip that ${name} writes comes out with all its words, its symbols and the cut`, () => {
    const { words, symbols, cut, complaints } = read(encode())

    expect(words.replace(EAN, '').trim()).toBe(WORDS)
    expect(symbols).toHaveLength(2)
    expect(cut).toBe(true)
    expect(complaints).toEqual([])
  })

test('the barcode carries the same number by whichever encoder, with its check digit', () => {
  for (const [, encode] of ENCODERS) {
    const { words, symbols } = read(encode())
    expect(symbols).toContain(`[barcode ${EAN}]`)
    expect(words.endsWith(EAN)).toBe(true)
  }
})

test('Chinese comes out the same by the two encoders that can write it', () => {
  const line = '金额 ￥1,234.50 消费'
  const command = 'generic'
  const one = receiptline.transform(`|${line}\n=\n`, { cpl: 32, encoding: 'gb18030', command })
  const printer = new thermal.ThermalPrinter({
    type: thermal.PrinterTypes.EPSON,
    interface: '/dev/null',
    characterSet: thermal.CharacterSet.CHINA,
  })
  printer.println(line)
  printer.cut()

  const reads = [read(Buffer.from(one, 'latin1')), read(printer.getBuffer())]

  expect(reads.map(({ words }) => words)).toEqual([line, line])
  expect(reads.map(({ complaints }) => complaints)).toEqual([[], []])
})

for (const [name, encode] of ENCODERS)
  test(`a command that nobody knows, in the middle of what ${name} writes, is named and takes no word with it`, () => {
    const bytes = Buffer.from(encode())
    const at = bytes.indexOf('SALE')
    const strange = Buffer.from([0x1d, 0x7e, 0x1b, 0x7e, 0x1c, 0x7e, 0x07])

    const { words, complaints } = read(
      Buffer.concat([bytes.subarray(0, at), strange, bytes.subarray(at)]),
    )

    expect(words.replace(EAN, '').trim()).toBe(WORDS)
    expect(complaints).toEqual(['GS 7e', 'ESC 7e', 'FS 7e', 'control byte 07'])
  })

for (const [name, encode] of ENCODERS)
  test(`what ${name} writes means the same however the line cuts it into pieces`, () => {
    const bytes = encode()
    const feed = createFeed({ dots: 384, linesPerSecond: null, send() {}, changed() {} })
    for (const byte of bytes) feed.receive(Uint8Array.of(byte))
    const whole = createFeed({ dots: 384, linesPerSecond: null, send() {}, changed() {} })
    whole.receive(bytes)

    expect(feed.papers()).toEqual(whole.papers())
  })
