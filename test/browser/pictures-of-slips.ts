/** A slip as it came out of the printer and as the terminal keeps it, both drawn by the browser and looked at. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import type { Shop } from './shop.ts'

/** Left for a person to look at after a run. */
const FOLDER = fileURLToPath(new URL('../../build/pictures', import.meta.url))
/** A dot darker than this is ink. */
const INK_BELOW = 128

export type SlipPicture = {
  readonly png: Buffer
  readonly width: number
  readonly height: number
  /** Share of dots that are ink. */
  readonly ink: number
  /** Dots of ink in the outermost columns: more than none is a line that was cut off. */
  readonly inkAtSides: number
  /** The words of the drawing without blanks, rulers and barcode. */
  readonly words: string
}

/** The paper `ID` of the bench, as the simulated printer draws the bytes that it received. */
export async function pictureOfPaper(shop: Shop, id: string): Promise<SlipPicture> {
  return await pictureOf(shop, `${shop.laboratory.bench.url}api/papers/${id}.svg`)
}

/** The slip `ID` of the terminal, as its own archive draws it. */
export async function pictureOfSlip(shop: Shop, id: string): Promise<SlipPicture> {
  return await pictureOf(shop, `${new URL(shop.counter.page.url()).origin}/api/slips/${id}.svg`)
}

/** Text without what only a drawing has. */
export function wordsOf(text: string): string {
  return text.replaceAll(/\[barcode [^\]]*\]|[\s─]/g, '')
}

/** Keeps a picture in `build/pictures` under a name without its ending. */
export function keepPicture(name: string, { png }: SlipPicture): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.png`), png)
}

async function pictureOf(shop: Shop, address: string): Promise<SlipPicture> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`)
  // Within a page, as the bench shows it: white paper, and the drawing in its own size.
  await shop.table.setContent(
    `<body style="margin:0;background:#fff">${await answer.text()}</body>`,
  )
  const drawing = shop.table.locator('svg').first()
  const png = await drawing.screenshot()
  const words = wordsOf((await drawing.textContent()) ?? '')
  return { png, words, ...measure(PNG.sync.read(png)) }
}

function measure({ data, width, height }: PNG): Omit<SlipPicture, 'png' | 'words'> {
  let dots = 0
  let atSides = 0
  for (let place = 0; place < width * height; place += 1) {
    if ((data[place * 4 + 1] ?? 255) >= INK_BELOW) continue
    dots += 1
    const column = place % width
    if (column === 0 || column === width - 1) atSides += 1
  }
  return { width, height, ink: dots / (width * height), inkAtSides: atSides }
}
