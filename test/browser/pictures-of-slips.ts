/** A slip as it came out of the printer and as the terminal keeps it, both drawn by the browser and looked at. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import type { CounterShop, Shop } from './shop.ts'

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
}

/** The paper `ID` of the bench, as the simulated printer draws the bytes that it received. */
export async function drawingOfPaper(shop: Shop, id: string): Promise<string> {
  return await fetchDrawing(`${shop.laboratory.bench.url}api/papers/${id}.svg`)
}

/** The slip `ID` of the terminal, as its own archive draws it. */
export async function drawingOfSlip(shop: CounterShop, id: string): Promise<string> {
  const { origin, hash } = new URL(shop.screens())
  return await fetchDrawing(`${origin}/api/slips/${id}.svg`, {
    authorization: `Bearer ${hash.slice(1)}`,
  })
}

/** A drawing as the browser shows it on white, in its own size. */
export async function pictureOf(shop: Shop, drawing: string): Promise<SlipPicture> {
  await shop.table.setContent(`<body style="margin:0;background:#fff">${drawing}</body>`)
  const png = await shop.table.locator('svg').first().screenshot()
  return { png, ...measure(PNG.sync.read(png)) }
}

/** The words of a drawing, as `wordsOf` gives those of a text. */
export function wordsOfDrawing(drawing: string): string {
  return wordsOf(drawing.replaceAll(/<[^>]*>|&#xa0;/g, ''))
}

/** A text without blanks, rulers and barcode, so that paper and archive can be compared. */
export function wordsOf(text: string): string {
  return text.replaceAll(/\[barcode [^\]]*\]|[\s─]/g, '')
}

/** Keeps a picture in `build/pictures` under a name without its ending. */
export function keepPicture(name: string, { png }: SlipPicture): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.png`), png)
}

async function fetchDrawing(
  address: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await fetch(address, { headers })
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`)
  return await answer.text()
}

function measure({ data, width, height }: PNG): Omit<SlipPicture, 'png'> {
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
