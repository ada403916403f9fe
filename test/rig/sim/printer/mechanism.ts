/** The moving parts: carries out instructions on a roll of paper, line after line, and keeps the papers that came out. */
import { drawPaper, paperText } from './drawing.ts'
import type { Bitmap, Instruction } from './instruction.ts'
import { createComposer, type Row } from './paper.ts'
import { drawBarcode, drawQrCode } from './symbols.ts'

export type Paper = {
  readonly id: string
  /** False while it still hangs in the printer, or when it was torn off. */
  readonly cut: boolean
  readonly text: string
  readonly svg: string
}

/** Papers kept for the bench; older ones are forgotten. */
const PAPERS_KEPT = 200
/** A slip is some 300 mm long; a paper of 10 m is a runaway. */
const ROW_DOTS_LIMIT = 80_000

export type Mechanism = {
  /** Rows that came out of the head. */
  perform(instruction: Instruction): number
  tearOff(): void
  /** Forgets the unprinted line and the modes. */
  initialise(): void
  dropLine(): void
  papers(): Paper[]
  readonly linesPrinted: number
}

export function createMechanism(dots: number, complain: (about: string) => void): Mechanism {
  const composer = createComposer(dots)
  const finished: Paper[] = []
  let rows: Row[] = []
  let length = 0
  let count = 0
  let linesPrinted = 0
  let stored: Bitmap | null = null
  let qr = { module: 3, level: 'L', data: '' }
  let bars = { height: 162, module: 3, hri: 0 }

  function out(...fresh: Row[]): number {
    for (const row of fresh) {
      if (length + row.height > ROW_DOTS_LIMIT) complain('a paper longer than 10 m')
      else {
        rows.push(row)
        length += row.height
      }
    }
    linesPrinted += fresh.filter((row) => row.marks.length > 0).length
    return fresh.length
  }

  function finish(cut: boolean): void {
    if (rows.length === 0) return
    count += 1
    finished.push({
      id: String(count),
      cut,
      text: paperText(rows),
      svg: drawPaper(rows, dots, cut),
    })
    if (finished.length > PAPERS_KEPT) finished.shift()
    rows = []
    length = 0
  }

  function picture(image: Bitmap): number {
    const width = image.width * image.scaleX
    if (width > dots) complain(`a picture ${width} dots wide on ${dots} dots`)
    return out(
      ...composer.flush(),
      composer.block({ width, height: image.height * image.scaleY, image }),
    )
  }

  function symbol(says: string, drawing: ReturnType<typeof drawQrCode>): number {
    if (drawing === null) {
      complain(`${says} cannot be drawn`)
      return 0
    }
    const { width, height } = drawing
    if (width > dots) complain(`${says} is ${width} dots wide on ${dots} dots`)
    return out(...composer.flush(), composer.block({ width, height, drawing, says }))
  }

  function perform(instruction: Instruction): number {
    switch (instruction.kind) {
      case 'text':
        return out(...composer.text(instruction.text, instruction.wide))
      case 'lineFeed':
        return out(composer.lineFeed())
      case 'feedLines':
        return out(...Array.from({ length: instruction.lines }, () => composer.lineFeed()))
      case 'feedDots':
        return out(...composer.flush(), { height: instruction.dots, marks: [] })
      case 'initialise':
        composer.initialise()
        bars = { height: 162, module: 3, hri: 0 }
        return 0
      case 'lineSpacing':
        composer.setSpacing(instruction.dots)
        return 0
      case 'bold':
        composer.setStyle({ bold: instruction.on })
        return 0
      case 'underline':
        composer.setStyle({ underline: instruction.dots })
        return 0
      case 'reverse':
        composer.setStyle({ reverse: instruction.on })
        return 0
      case 'size':
        composer.setStyle({ width: instruction.width, height: instruction.height })
        return 0
      case 'align':
        composer.setAlign(instruction.to)
        return 0
      case 'moveTo':
        composer.moveTo(instruction.dots)
        return 0
      case 'moveBy':
        composer.moveBy(instruction.dots)
        return 0
      case 'leftMargin':
        composer.setLeftMargin(instruction.dots)
        return 0
      case 'areaWidth':
        composer.setAreaWidth(instruction.dots)
        return 0
      case 'image':
        return instruction.inline
          ? out(...composer.inlineImage(instruction.image))
          : picture(instruction.image)
      case 'storeImage':
        stored = instruction.image
        return 0
      case 'printStoredImage':
        if (stored === null) complain('no picture stored to print')
        return stored === null ? 0 : picture(stored)
      case 'barcodeSetting':
        bars = { ...bars, [instruction.name]: instruction.value }
        return 0
      case 'barcode':
        return barcode(instruction.symbology, instruction.data)
      case 'qrModule':
        qr = { ...qr, module: instruction.dots }
        return 0
      case 'qrLevel':
        qr = { ...qr, level: instruction.level }
        return 0
      case 'qrStore':
        qr = { ...qr, data: instruction.data }
        return 0
      case 'qrPrint':
        return symbol(`qr ${qr.data}`, drawQrCode(qr.data, qr))
      case 'cut': {
        const printed = out(...composer.flush())
        if (instruction.feed && rows.length > 0) out({ height: 90, marks: [] })
        finish(true)
        return printed
      }
      case 'drawer':
      case 'statusBack':
      case 'askSensor':
      case 'askIdentity':
      case 'askProcessId':
      case 'nothing':
        return 0
    }
  }

  function barcode(symbology: string, data: string): number {
    const printed = symbol(`barcode ${data}`, drawBarcode(symbology, data, bars))
    if (bars.hri === 0) return printed
    composer.text(data, false)
    return printed + out(composer.lineFeed())
  }

  return {
    perform,
    tearOff: () => finish(false),
    initialise: () => composer.initialise(),
    dropLine: () => composer.drop(),
    papers: () => [
      ...finished,
      ...(rows.length === 0
        ? []
        : [
            {
              id: String(count + 1),
              cut: false,
              text: paperText(rows),
              svg: drawPaper(rows, dots, false),
            },
          ]),
    ],
    get linesPrinted() {
      return linesPrinted
    },
  }
}
