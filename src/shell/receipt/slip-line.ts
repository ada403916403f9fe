/** One printed line, before it becomes markup; every width is decided here, so the renderer never wraps. */
import { cellsOf } from './cells.ts'

export type SlipLine =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly align: 'left' | 'center' | 'right'
      readonly size: 'normal' | 'tall' | 'double'
      readonly bold: boolean
      /** White on black; the text fills the line. */
      readonly reversed: boolean
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'blank' }
  /** A picture in the middle, as base 64. */
  | { readonly kind: 'picture'; readonly png: string }
  /** CODE 128 with its characters below: capitals and digits. */
  | { readonly kind: 'barcode'; readonly code: string }

export type TextStyle = Partial<
  Pick<Extract<SlipLine, { kind: 'text' }>, 'align' | 'size' | 'bold' | 'reversed'>
>

export const RULE: SlipLine = { kind: 'rule' }
export const BLANK: SlipLine = { kind: 'blank' }

export function textLine(text: string, style: TextStyle = {}): SlipLine {
  return {
    kind: 'text',
    text,
    align: style.align ?? 'left',
    size: style.size ?? 'normal',
    bold: style.bold ?? false,
    reversed: style.reversed ?? false,
  }
}

/** The largest size in which `text` stands on one line; text that fits in none must be wrapped before. */
export function largestSize(text: string, columns: number): 'tall' | 'double' {
  return cellsOf(text) * 2 <= columns ? 'double' : 'tall'
}

const SIZE_MARK = { normal: '', tall: '^^', double: '^^^' } as const
const ALIGN_BLANKS = { left: ['', ' '], center: ['', ''], right: ['', ''] } as const

/** ReceiptLine markup of one line (OFSC ReceiptLine specification). */
export function toMarkup(line: SlipLine): string {
  switch (line.kind) {
    case 'rule':
      return '-'
    case 'blank':
      return '|~ |'
    case 'picture':
      return `{image:${line.png}}`
    case 'barcode':
      return `{code:${line.code};option:code128,2,${BARCODE_DOTS},hri}`
    case 'text': {
      const [before, after] = line.align === 'right' ? [' ', ''] : ALIGN_BLANKS[line.align]
      const marks = [line.bold ? '"' : '', line.reversed ? '`' : '', SIZE_MARK[line.size]].join('')
      const closing = Array.from(marks).toReversed().join('')
      return `|${before}${marks}${escapeMarkup(line.text)}${closing}${after}|`
    }
  }
}

/** Height of the bars. */
const BARCODE_DOTS = 72

/** Every character with a meaning in markup becomes its hexadecimal escape; blanks are kept by `~`. */
function escapeMarkup(text: string): string {
  return text.replaceAll(/[\\{}|^"_~`=-]/g, hexEscape).replaceAll(' ', '~')
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
