/** Composes lines on a roll as the head would: cells of 12 by 24 dots, Chinese two cells wide, pictures dot by dot. */
import type { Bitmap } from './instruction.ts'
import type { Drawing } from './symbols.ts'

export const CELL_WIDTH = 12
export const CELL_HEIGHT = 24

type Style = {
  readonly bold: boolean
  readonly underline: number
  readonly reverse: boolean
  readonly width: number
  readonly height: number
}

export type Mark = { readonly x: number; readonly width: number; readonly height: number } & (
  | { readonly kind: 'text'; readonly text: string; readonly wide: boolean; readonly style: Style }
  | { readonly kind: 'image'; readonly image: Bitmap }
  | { readonly kind: 'symbol'; readonly drawing: Drawing; readonly says: string }
)

/** One band of paper: its marks stand on a common base line. */
export type Row = { readonly height: number; readonly marks: readonly Mark[] }

export type Composer = {
  initialise(): void
  setStyle(change: Partial<Style>): void
  setAlign(to: 'left' | 'centre' | 'right'): void
  setSpacing(dots: number): void
  setLeftMargin(dots: number): void
  setAreaWidth(dots: number): void
  moveTo(dots: number): void
  moveBy(dots: number): void
  /** Adds to the line; returns the rows that filled up meanwhile. */
  text(text: string, wide: boolean): Row[]
  inlineImage(image: Bitmap): Row[]
  /** Ends the line; an empty one still feeds. */
  lineFeed(): Row
  /** Ends the line only when something stands on it. */
  flush(): Row[]
  block(mark: {
    width: number
    height: number
    image?: Bitmap
    drawing?: Drawing
    says?: string
  }): Row
  /** Forgets the unprinted line. */
  drop(): void
}

const PLAIN: Style = { bold: false, underline: 0, reverse: false, width: 1, height: 1 }
/** ESC 2: 1/6 inch at 203 dpi, as the command reference rounds it. */
const DEFAULT_SPACING = 30

export function createComposer(dots: number): Composer {
  let style = PLAIN
  let align: 'left' | 'centre' | 'right' = 'left'
  let spacing = DEFAULT_SPACING
  let leftMargin = 0
  let areaWidth = dots
  let marks: Mark[] = []
  let x = 0

  function width(): number {
    return Math.max(0, Math.min(areaWidth, dots - leftMargin))
  }

  function placed(list: readonly Mark[]): Mark[] {
    const used = list.reduce((end, mark) => Math.max(end, mark.x + mark.width), 0)
    const room = Math.max(0, width() - used)
    const shift =
      leftMargin + (align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2))
    return list.map((mark) => ({ ...mark, x: mark.x + shift }))
  }

  function endLine(): Row {
    const tallest = marks.reduce((height, mark) => Math.max(height, mark.height), 0)
    const empty = spacing === 0 && marks.length === 0 ? CELL_HEIGHT : 0
    const row = { height: Math.max(spacing, tallest, empty), marks: placed(marks) }
    marks = []
    x = 0
    return row
  }

  function add(mark: Mark): Row[] {
    const full = x > 0 && x + mark.width > width() ? [endLine()] : []
    marks.push({ ...mark, x })
    x += mark.width
    return full
  }

  return {
    initialise() {
      style = PLAIN
      align = 'left'
      spacing = DEFAULT_SPACING
      leftMargin = 0
      areaWidth = dots
      marks = []
      x = 0
    },
    setStyle: (change) => void (style = { ...style, ...change }),
    setAlign: (to) => void (align = to),
    setSpacing: (to) => void (spacing = to),
    setLeftMargin: (to) => void (leftMargin = to),
    setAreaWidth: (to) => void (areaWidth = to),
    moveTo: (to) => void (x = to),
    moveBy: (by) => void (x = Math.max(0, x + by)),
    text(text, wide) {
      const cell = CELL_WIDTH * (wide ? 2 : 1) * style.width
      return Array.from(text).flatMap((character) =>
        add({
          kind: 'text',
          text: character,
          wide,
          style,
          x,
          width: cell,
          height: CELL_HEIGHT * style.height,
        }),
      )
    },
    inlineImage: (image) =>
      add({
        kind: 'image',
        image,
        x,
        width: image.width * image.scaleX,
        height: image.height * image.scaleY,
      }),
    lineFeed: endLine,
    flush: () => (marks.length === 0 ? [] : [endLine()]),
    block({ width: wide, height, image, drawing, says }) {
      const box = { x: 0, width: wide, height }
      const list: Mark[] = []
      if (image !== undefined) list.push({ kind: 'image', image, ...box })
      if (drawing !== undefined) list.push({ kind: 'symbol', drawing, says: says ?? '', ...box })
      return { height, marks: placed(list) }
    },
    drop() {
      marks = []
      x = 0
    },
  }
}
