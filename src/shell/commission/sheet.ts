/** The commissioning sheet: what was set up, by whom, with which results. It holds no secret and may be printed, filed and sent. */
import receiptline from 'receiptline'
import type { PrinterProfile } from '#core/ports/printer.ts'
import { slipCommands } from '../receipt/printer-commands.ts'
import { textLine, toMarkup } from '../receipt/slip-line.ts'

export type SheetLine = readonly [label: string, value: string]

export type Sheet = {
  readonly title: string
  readonly lines: readonly SheetLine[]
  /** For the signatures of the people who were there. */
  readonly signatures: readonly string[]
}

export type RenderedSheet = {
  readonly text: string
  readonly svg: string
  readonly escpos: Uint8Array
}

/** A value that does not fit beside its label stands below it, cut to the paper. */
export function renderSheet(
  sheet: Sheet,
  profile: Pick<PrinterProfile, 'columns' | 'images'>,
): RenderedSheet {
  const { columns } = profile
  const body = sheet.lines.flatMap(([label, value]) =>
    [`${label}:`, ...wrap(value, columns - 2).map((line) => `  ${line}`)].map((line) =>
      toMarkup(textLine(line)),
    ),
  )
  const signatures = sheet.signatures.flatMap((who) => [
    toMarkup({ kind: 'blank' }),
    toMarkup(textLine(`${who}: ________________`)),
  ])
  const document = [
    toMarkup(textLine(sheet.title, { align: 'center', bold: true })),
    toMarkup({ kind: 'rule' }),
    ...body,
    toMarkup({ kind: 'rule' }),
    ...signatures,
  ].join('\n')
  const common = { cpl: columns, encoding: 'gb18030', spacing: true, cutting: false } as const
  const bytes = receiptline.transform(document, {
    ...common,
    command: slipCommands(profile.images),
  })
  return {
    escpos: new Uint8Array(Buffer.from(bytes, 'latin1')),
    svg: receiptline.transform(document, { ...common, command: 'svg' }),
    text: plainText(sheet),
  }
}

function plainText({ lines, signatures, title }: Sheet): string {
  const rows = lines.map(([label, value]) => `${label}: ${value}`)
  return [title, ...rows, '', ...signatures.map((who) => `${who}: ________________`), ''].join('\n')
}

/** By cells: a character beyond ASCII takes two. */
function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let cells = 0
  for (const character of text) {
    const width = character.charCodeAt(0) < 0x80 ? 1 : 2
    if (cells + width > columns) {
      lines.push(line)
      line = ''
      cells = 0
    }
    line += character
    cells += width
  }
  return [...lines, line]
}
